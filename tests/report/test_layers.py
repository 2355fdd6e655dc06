from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Span
from twosource.report.differences import Piece, cut, side_by_side
from twosource.report.layers import Mark, segments


def test_overlapping_marks_cut_the_text_where_they_begin_and_end() -> None:
    text = "she said he left"
    layers = [Mark(Span(0, 3), "source"), Mark(Span(9, 16), "content"), Mark(Span(4, 11), "match")]
    assert [(s.text, s.roles) for s in segments(text, layers)] == [
        ("she", ("source",)),
        (" ", ()),
        ("said ", ("match",)),
        ("he", ("content", "match")),
        (" left", ("content",)),
    ]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45), st.sampled_from("abc")), max_size=8),
)
def test_no_character_is_lost_or_doubled(text: str, spans: list[tuple[int, int, str]]) -> None:
    layers = [Mark(Span(a, b), role) for a, b, role in spans]
    assert "".join(s.text for s in segments(text, layers)) == text


def test_side_by_side_marks_only_what_differs() -> None:
    left, right = side_by_side("The alarm may have been off.", "The alarm was off.")
    assert [p.text for p in left if not p.same] == ["may have been"]
    assert [p.text for p in right if not p.same] == ["was"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_side_by_side_keeps_both_texts(left: str, right: str) -> None:
    a, b = side_by_side(left, right)
    assert "".join(p.text for p in a) == left
    assert "".join(p.text for p in b) == right


def test_a_cut_keeps_the_marks_of_the_whole() -> None:
    left, right = side_by_side("Heavy rain fell in the north.", "Heavy snow fell in the north.")
    assert [(p.text, p.same) for p in cut(left, 3, 13)] == [("vy ", True), ("rain", False), (" fe", True)]
    assert cut(right, 11, 40) == (Piece("fell in the north.", True),)
    assert cut(right, 40, 50) == ()


def test_what_lies_behind_the_end_of_a_very_long_comparison_is_no_difference() -> None:
    words = [f"word{i}" for i in range(3000)]
    left, right = side_by_side(" ".join(words), " ".join(words[100:]))
    assert [p.text for p in left if not p.same] == [" ".join(words[:100]) + " "]
    assert all(p.same for p in right)

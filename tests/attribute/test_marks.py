"""Quotation marks of every style, and what becomes of broken ones. ``<…>`` marks the expected quotations."""

import re

import pytest

from twosource.attribute.marks import dash_speech, quotations
from twosource.language.analysis import paragraphs
from twosource.model import Span

STYLES = {
    "straight": 'She said: <"The quay burned."> Then she left.',
    "curly": "She said: <“The quay burned.”> Then she left.",
    "low nine": "Sie sagte: <„Der Kai brannte.“> Dann ging sie.",
    "low nine, right": "Powiedziała: <„Nabrzeże spłonęło”>, po czym wyszła.",
    "guillemets": "Elle a dit : <« Le quai a brûlé »>, puis elle est partie.",
    "guillemets inward": "Sie sagte: <»Der Kai brannte«>, dann ging sie.",
    "swedish": "<”Kajen brann”>, sade hon.",
    "latex": "She said, <``The quay burned''>, and left.",
    "two singles": "<''The quay burned,''> she said.",
    "single": "<‘The quay burned for days,’> she said.",
    "single straight": "<'The quay burned for days,'> said the miners' leader.",
    "corner": "彼女は<「岸壁が燃えた」>と言った。",
    "double corner": "彼女は<『岸壁が燃えた』>と言った。",
    "inner": "<“He called it ‘a trap’ twice,”> she said.",
    "two": '<"It burned,"> she said. <"All of it.">',
    "apostrophes": "The miners' hall and the owner's mill stood in the '90s.",
}
BROKEN = {
    "straight closes curly": '<“The quay burned"> he said.',
    "closer for opener": "<”The quay burned and burned.”>",
    "opener for closer at the end": "<“They showed facts of support by the ‘coalition.’ “>",
    "closer too many": "<«Harbour» as well as «Mill»* is a tool of the owners»>, said the expert.",
    "never closed": '<"The quay burned, and nobody came.>',
    "inner never closed": "<«The company «Harbour» sold it»>, he said.",
    "lone closer": 'It was 5" wide and burned.',
    "closed too early": "<“The gates were thrown open”> to be moved unharmed.",
}


@pytest.mark.parametrize("marked", [pytest.param(m, id=n) for n, m in (STYLES | BROKEN).items()])
def test_quotations(marked: str) -> None:
    text = re.sub(r"[<>]", "", marked)
    expected = re.findall(r"<([^>]*)>", marked)
    assert [q.span.of(text) for q in quotations(text, paragraphs(text))] == expected


def test_a_quotation_over_paragraphs_carries_on() -> None:
    text = "“The quay burned.\n\n“Nobody came.\n\n“We left.”\n\n“Another voice.”"
    found = quotations(text, paragraphs(text))
    assert [(q.closed, q.carries_on) for q in found] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]


def test_dash_speech_is_cut_at_the_narrators_words() -> None:
    text = "— The quay burned, — said Ann Ray. — Nobody came."
    spoken = dash_speech(text, Span(0, len(text)))
    assert spoken is not None
    assert [s.of(text) for s in spoken] == ["The quay burned,", "Nobody came."]
    assert dash_speech("The quay — burned.", Span(0, 18)) is None


@pytest.mark.parametrize("noise", ['"', "“", "”", "«", "»", "'", "(«", '" ', " “a", "» «", "「", "‘’"])
def test_marks_alone_end(noise: str) -> None:
    text = noise * 50_000
    for q in quotations(text, paragraphs(text)):
        assert 0 <= q.span.start <= q.inner.start <= q.inner.end <= q.span.end <= len(text)


def test_a_quotation_in_single_marks_over_paragraphs_carries_on() -> None:
    text = (
        "He told the paper: 'The quay burned.\n\n'Nobody came, and she was in the attic.\n\n"
        "'But we left, and they laughed and said \"You are late.\"'\n\nThe miners' hall stood."
    )
    found = quotations(text, paragraphs(text))
    assert [(q.span.of(text)[:12], q.closed, q.carries_on) for q in found] == [
        ("'The quay bu", False, False),
        ("'Nobody came", False, True),
        ("'But we left", True, True),
    ]


def test_an_apostrophe_before_a_paragraph_with_one_opens_nothing() -> None:
    text = "It was the '90s and the 'old hall stood.\n\n'Tis gone now."
    assert quotations(text, paragraphs(text)) == ()

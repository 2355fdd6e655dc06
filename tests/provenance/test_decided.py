"""What a person decided about sources holds in the bounds of the count."""

from __future__ import annotations

from dataclasses import replace

from story import Story


def story(*distinct: str) -> Story:
    """One paper quotes Ivanov, another Sergei Ivanov: the bounds allow that they are one man."""
    made = Story()
    for name in ("Ivanov", "Sergei Ivanov"):
        made.source(name)
    if distinct:
        made.sources = {
            n: replace(s, distinct=tuple(x for x in distinct if x != n)) for n, s in made.sources.items()
        }
    made.says(made.article("Courier", 10), "Ivanov")
    made.says(made.article("Herald", 12), "Sergei Ivanov")
    return made


def test_two_who_may_be_one_are_two_where_a_person_says_so() -> None:
    open_, said = story().trace().support, story("Ivanov", "Sergei Ivanov").trace().support
    assert (open_.at_least, open_.k, open_.at_most) == (1, 2, 2)
    assert (said.at_least, said.k, said.at_most) == (2, 2, 2)
    assert open_.p_two_or_more == 0.5
    assert said.p_two_or_more == 1.0

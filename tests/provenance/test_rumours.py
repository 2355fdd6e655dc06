"""Rumours of our own invention, from plain text to the count: short pieces that credit each other in the ways such pieces do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from twosource.language import english
from twosource.model import Findings, NodeKind, Provenance
from twosource.pipeline import Run, trace
from twosource.provenance.seen import _shows

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

Trace = Callable[..., Findings]


@pytest.fixture
def told(tmp_path: Path) -> Trace:
    """Traces texts as plain files without outlet, headline or date."""

    def run(*texts: str) -> Findings:
        for n, text in enumerate(texts, start=1):
            (tmp_path / f"{n}.txt").write_text(text.strip() + "\n", encoding="utf-8")
        return trace([str(tmp_path)], run=Run(workers=1))

    return run


def about(found: Findings, words: str) -> Provenance:
    """The provenance of the claim of most statements whose text has these words."""
    texts = {s.id: s.text for s in found.statements}
    claims = [c for c in found.claims if any(words in texts[m.statement] for m in c.members)]
    best = max(claims, key=lambda c: (len(c.members), c.id))
    return next(p for p in found.provenance if p.claim == best.id)


def falls_with(found: Provenance) -> set[str]:
    """The labels of the chokepoints that are no articles."""
    nodes = {n.id: n for n in found.nodes}
    return {nodes[c].label for c in found.support.chokepoints if nodes[c].kind is not NodeKind.ARTICLE}


def test_a_station_that_one_names_one_tips_its_hat_to_and_one_does_not_name(told: Trace) -> None:
    found = told(
        "KVLM-TV reports that a woman in Tarrow was bitten by a python which had climbed through the pipes of her "
        "building and into her toilet. The snake was six feet long, according to the station.\n\n"
        "We'll be over here, holding it in.",
        "A woman in Tarrow has been bitten by a python that climbed into her toilet, it has been reported.\n\n"
        "The reptile is thought to have been an escaped pet.",
        "A python climbed into a toilet in Tarrow and bit the woman who lives there. She was treated at a hospital.\n\n"
        "The landlord has promised to have the pipes looked at.\n\n[via KVLM]",
    )
    claim = about(found, "bitten by a python")
    assert claim.support.most_likely == 1
    assert any("KVLM" in label for label in falls_with(claim))


def test_a_paper_whose_unnamed_source_others_quote_without_a_credit(told: Trace) -> None:
    found = told(
        "Rob Callander has turned down $30 million to play Captain Night one more time, the Daily Beacon claims.\n\n"
        '"They sent the contract over and he sent it back in pieces," a source close to the actor told the paper.',
        "Captain Night is hanging up his cape for good.\n\n"
        '"They sent the contract over and he sent it back in pieces," a source said. "The studio people were in tears."',
    )
    claim = about(found, "sent the contract over")
    assert claim.support.k == 1
    assert "Daily Beacon" in falls_with(claim)


def test_a_person_by_name_by_role_and_by_surname_alone(told: Trace) -> None:
    found = told(
        "Senator Adele Wrighton made the announcement on Friday night.\n\n"
        '"After 22 years it is time to go home," she wrote. "I will step down on December 31."',
        "Adele Wrighton is going home. The senator, 71, said in a tweet that she would step down on December 31.\n\n"
        '"After 22 years it is time to go home," wrote Wrighton, who chairs the committee on fisheries.',
        "In a surprise move, Wrighton announced that she will step down on December 31. The news leaves her party "
        "scrambling to find a candidate.",
    )
    claim = about(found, "step down")
    assert (claim.support.k, claim.support.most_likely) == (1, 1)
    assert falls_with(claim) == {"Adele Wrighton"}


def test_a_lead_in_own_voice_rests_on_the_one_whom_the_piece_quotes(told: Trace) -> None:
    found = told(
        "A baby boy of 7.4 kilograms was born at Quorne General Hospital on Sunday.\n\n"
        'Both are doing well, said Dr Grace Adeyemi. "We had to send out for bigger nappies," she added.',
        "He is a big boy! A baby of 7.4 kilograms was born at Quorne General Hospital this weekend.\n\n"
        '"We had to send out for bigger nappies," Dr Grace Adeyemi said.',
    )
    claim = about(found, "7.4 kilograms")
    assert claim.support.most_likely == 1
    assert falls_with(claim) == {"Grace Adeyemi"}


def test_two_who_saw_it_stay_two(told: Trace) -> None:
    found = told(
        "Eleven people died in the collapse of a gold mine near Dumeka, the ministry of mines said.\n\n"
        '"We have recovered eleven bodies," ministry spokesman Joel Akande told reporters.',
        "Eleven people died in the collapse of a gold mine near Dumeka, Dr Miriam Osei of the district hospital said.\n\n"
        '"They brought us eleven dead, all of them young men," she said by telephone.',
    )
    claim = about(found, "Eleven people died")
    assert claim.support.most_likely == 2
    assert falls_with(claim) == set()


def test_a_writer_is_heard_through_the_outlet_and_so_are_the_writers_sources(told: Trace) -> None:
    found = told(
        "The next Lightboat will have no mast, 5to9Bay's Mark Ostrander writes.\n\nHe has been right before.",
        "The next Lightboat will have no mast, Mark Ostrander said. The boat has been rumoured for years.",
        "The next Lightboat will have no mast, according to Ostrander's sources. Mark Ostrander has been right before.",
        "5to9Bay reports that the next Lightboat will have no mast.",
    )
    claim = about(found, "no mast")
    assert claim.support.most_likely == 1
    assert "5to9Bay" in falls_with(claim)


def test_one_of_the_story_who_tells_another_is_no_source(told: Trace) -> None:
    found = told(
        "Quaymen gave a keeper her own goat to eat, after telling her it was mutton.\n\n"
        "Oke Brandal, who lives on the quay, said: “She asked to see the goat, and they laughed.”",
        "Quaymen gave a keeper her own goat to eat, after telling her it was mutton, Oke Brandal said.",
    )
    claim = about(found, "it was mutton")
    assert not any("Quaymen" in n.label for n in claim.nodes)


def test_whom_a_film_shows_did_not_put_it_up(told: Trace) -> None:
    found = told(
        "A film shared online made it seem as if Mayor Adele Wrighton was hit by a gull. “We mourn them,” Adele Wrighton said at the grave.",
        "A gull hit Mayor Adele Wrighton during her speech, as shown in the footage above. “We mourn them,” Adele Wrighton said.",
    )
    claim = about(found, "as shown in the footage")
    assert "Adele Wrighton" not in falls_with(claim)


def test_an_identity_card_is_no_photograph() -> None:
    assert not _shows("Buyers must show a picture ID at the counter")
    assert _shows("A picture that was shared on Monday shows the counter")

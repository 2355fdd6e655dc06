"""English as machines translate it: verbs before their speaker, lost subjects, leads word by word. All invented."""

import pytest
from notation import check

from twosource.language import english

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

DASH = [
    "[K «The bridge stood until morning»,] — [C recalls] [S carpenter Pavel Rost].",
    "[K «We waited for the ferry all night»,] — [C noted] [S the pharmacist].",
    "[K «The lock is open for all boats»,] — [C is told] in [S the message of the Harbour Board].",
    "[K «Nobody counted the barrels»,] — [C told] «Vale today» [S watchman Emil Strand].",
]
LEAD = [
    "[C On data of] [S the Harbour Board], [K the level fell by a metre].",
    "[C In the opinion of] [S pilot Emil Strand], [K the wall will stand one more winter].",
    "[C In the words of] [S the carpenter], [K the bridge was rotten].",
    "[C By rumours], [K the owner has sold the mill].",
]
AS = [
    "[C As reported by] [S agency «Valinform»], [K the bridge is closed until Monday].",
    "[C As writes] [S the newspaper «Vale today»], [K the owner has sold the mill].",
    "[C As noted] [S carpenter Rost], [K the bridge was rotten].",
]
TRAILING = [
    "[K The bridge will be closed until Monday], [C reported] in [S the office of the Harbour Board].",
    "[K The mill was sold in the spring], [C reports] [S «Valinform»].",
]
EVERY = {name: cases for name, cases in list(globals().items()) if name.isupper() and isinstance(cases, list)}


@pytest.mark.parametrize(
    "marked", [pytest.param(m, id=f"{n}-{k}") for n, c in EVERY.items() for k, m in enumerate(c)]
)
def test_translated(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge, as planned in the spring, was closed.",
        "By the mill, the road was under water.",
        "As expected, the ferry came late.",
    ],
)
def test_no_attribution(text: str) -> None:
    check(text)

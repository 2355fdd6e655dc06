"""English constructions, each in several wordings. People and places are invented."""

from __future__ import annotations

import pytest
from notation import check, check_roughly

pytestmark = pytest.mark.skipif(
    not __import__("twosource.language.english", fromlist=["available"]).available(),
    reason="no English parser installed",
)

CLAUSE_AFTER = [
    "[S Ann Ray] [C said] [K that the quay burned for two days].",
    "[S The mayor of Port Vale] [C told] reporters [K that the ferry would return in May].",
    "[S Harbour police] [C have confirmed] [K that nobody was hurt].",
    "[S The ministry] [C denied] [K that it had closed the bridge].",
    "[S Tom Oduya, a fisherman from Port Vale], [C says] [K the harbour wall was already cracked].",
    "[S Ann Ray] [C said] in a statement on Friday [K that the quay had burned].",
]
CLAUSE_BEFORE = [
    "[K The quay burned for two days], [S Ann Ray] [C said].",
    "[K Nobody was hurt in the fire], [S the police] [C reported].",
    "[K The bridge will stay closed until May], [C said] [S Tom Oduya].",
]
SPLIT = [
    "[K The ferry], [S Ann Ray] [C said], [K would return in May].",
    "[K The fire], [S the mayor] [C said], [K had started in the old mill].",
]
DIRECT = [
    '[K1 "The quay burned for two days,"] [S1 Ann Ray] [C1 said].',
    "[K1 “The quay burned for two days,”] [C1 said] [S1 Ann Ray].",
    '[S1 Ann Ray] [C1 said]: [K1 "The quay burned for two days."]',
    '[S1 The mayor] [C1 told] reporters, [K1 "We will rebuild the quay."]',
    "[K1 «The quay burned for two days»], [C1 said] [S1 the mayor].",
    "[K1 ''We will rebuild the quay,''] [S1 Ann Ray] [C1 said].",
    '[K1 "Who will pay for it?"] [S1 he] [C1 asked].',
    '[K1 "We saw the smoke,"] [S1 Ann Ray] [C1 said], [K1 "and then we ran."]',
]
MIXED = [
    '[S Ann Ray] [C called] [K the fire "a warning to the whole coast"].',
    '[S The owner] [C said] [K the claim was "pure invention"].',
]
ACCORDING = [
    "[C According to] [S Ann Ray], [K the quay burned for two days].",
    "[K The quay burned for two days], [C according to] [S the harbour office].",
    "[K The fire], [C according to] [S two firefighters], [K began in the mill].",
]
AS_REPORTED = [
    "As [S the Harbour Post] [C reported], [K the quay burned for two days].",
    "[K The quay burned for two days], as [S the Harbour Post] [C reported] on Monday.",
    "[C As] [S the portal «Harbour.NET»] [K in the recent clean-up the owners sold the timber to the town].",
    "[C As] [S the newspaper «Evening Vale»] [K during the night the ships left the port without lights].",
]
NESTED = [
    "[S1 Ann Ray] [C1 said] [K1 that [S2 the police chief] [C2 had told] her [K2 that the quay was mined]].",
    "[S1 Tom Oduya] [C1 said] [K1 that [S2 his brother] [C2 believed] [K2 the fire was set on purpose]].",
    '[K1 "[S2 The captain] [C2 has told] me many times [K2 that the ship is safe],"] [S1 Ann Ray] [C1 said].',
]
SHARED_SOURCE = [
    "[S1,2 Ann Ray] [C1 said] [K1 the quay was safe], [C2 adding] [K2 that the mill was not].",
    "[S1,2 The mayor] [C1 confirmed] [K1 that the bridge was closed], [C2 stressing] [K2 that the ferry would sail].",
    '[K1 "The mill is gone,"] [C1 said] [S1,2 the owner], [C2 adding] [K2 that the timber was insured].',
]
NAMED_IN_BETWEEN = [
    "[S Cable], who replaced Farron, [C said] [K the quay was safe].",
    "[S Ann Ray, the harbour's oldest pilot], [C said] [K the channel was clear].",
    "[S Tom Oduya], who has fished here for years, [C warned] [K that the wall would fall].",
]
NOUNS = [
    "[S1 The council] [C1 rejected] [K1 [S2 the governor]'s [C2 claim] [K2 that the bridge was safe]].",
    "[S the governor]'s [C claim] [K that the bridge was safe] did not last the night.",
    "There were [C rumours] [K that the owner had left the country].",
    "[S1 She] [C1 repeated] [K1 [S2 the owner]'s [C2 allegation] [K2 that the guards were asleep]].",
    "Nobody believed the [C report] [K that the mill had been sold].",
]
PARENTHETICAL = [
    "[K The quay was mined by its own guards], [C claims] [S a video].",
    "[K The ferry had sailed without lights], [C says] [S a report].",
]
BELIEF = [
    "[S Ann Ray] [C believes] [K the quay will be rebuilt].",
    "[S The mayor] [C hopes] [K to reopen the bridge in May].",
    "[S The owner] [C plans] [K to sell the mill].",
    "[S Tom Oduya] [C expects] [K the ferry to return].",
    "[S The owner] [C refused] [K to comment on the fire].",
]
UNNAMED = [
    "[S Some sources] [C claim] [K that the guards were asleep].",
    "[K The guards were asleep], [C according to] [S local activists].",
    "[S A senior official who asked not to be named] [C said] [K the bridge was unsafe].",
    "[S Two officials] [C said] [K the bridge was unsafe].",
]
NO_SOURCE = [
    "It [C was reported] [K that the mill had been sold].",
]
SHOWING = [
    "[S The ministry] has photographic evidence, [C showing] [K the guards left the gate open].",
    "[S Photographs] [C show] [K that the gate was left open].",
    "[S The report] [C found] [K that the wall had been cracked for years].",
]
EVERY = {name: cases for name, cases in list(globals().items()) if name.isupper() and isinstance(cases, list)}


ONE_BY_ONE = [pytest.param(m, id=f"{n}-{k}") for n, c in EVERY.items() for k, m in enumerate(c)]


@pytest.mark.parametrize("marked", ONE_BY_ONE)
def test_constructions(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize("marked", ONE_BY_ONE)
def test_constructions_with_the_learned_finder(marked: str) -> None:
    check_roughly(marked)

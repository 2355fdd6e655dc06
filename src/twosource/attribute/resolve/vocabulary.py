"""Words that tell what a noun is: a person, a body of people, a state's body, somebody new."""

from __future__ import annotations

from ...language.analysis import Token
from ..english import words
from ..lexicon import lexicon

HE = lexicon("he him his himself")
SHE = lexicon("she her hers herself")
THEY = lexicon("they them their theirs themselves it its")
PRONOUNS = HE | SHE | THEY
SPEAKER = lexicon("i me my we us our who")
ORGANISATIONS = lexicon(
    """
    ministry department government army police council committee office administration party company
    agency bank court parliament senate congress union university institute observatory association
    group organisation organization commission kremlin pentagon campaign foundation authority
    federation coalition league forces force team board church hospital school corporation firm
    airline navy service bureau embassy house cabinet
    """
)
AUTHORITIES = lexicon("government regime authorities authority administration")
STATE_BODIES = AUTHORITIES | lexicon("army military police parliament ministry forces navy")
GENERIC = lexicon(
    """
    group organisation organization monitor watchdog agency body network association company firm charity
    committee foundation institute movement
    """
)
"""Bodies spoken of again without their name: "the group", "the Vale-based monitor"."""
GROUP_WORDS = lexicon(
    """
    army front brigade brigades battalion battalions state movement party forces force council group union jaish
    jaysh liwa jabhat ahrar ansar harakat hezbollah hizbullah hizbollah kataib faylaq failaq taliban agency news
    times post tv television ministry university hospital street square
    """
)
"""Words that no person's name has."""
PLACING = lexicon(
    "in near at above beyond off around outside inside toward towards across throughout over northern southern eastern western"
)
BODY_ENDINGS = lexicon("centre center defence defense service board fund programme program society")
COMPANY_ENDINGS = lexicon(
    """
    terminals shipping holdings industries logistics airways airlines enterprises motors foods pharmaceuticals technologies
    solutions ventures railways refinery shipyard shipyards plc ltd inc llc gmbh corp
    """
)
"""Last words of a company's name, and of no person's."""
NEW = lexicon("a an one another some any no every each two three several many most few other")
ABOUT = lexicon("of for with to from by about against between among")
_NO_PEOPLE = ORGANISATIONS | GENERIC | STATE_BODIES | words.DOCUMENT_HEADS | words.OUTLET_WORDS


def personal(token: Token) -> bool:
    """Whether a noun is one person or several, not a body of them: "councillor", "welder", "residents"."""
    lemma = token.lemma.lower()
    return personal_word(lemma) and (lemma in words.ROLE_HEADS | words.UNNAMED_HEADS or token.pos == "NOUN")


def personal_word(lemma: str) -> bool:
    """Whether a lemma is a word for people, not for a body of them or a paper."""
    return lemma not in _NO_PEOPLE and words.is_people(lemma)

"""The English words of attribution: cues by what they take, their commitment, and who is unnamed.

Every list holds lemmas in lower case. A cue stands in the list of the construction that it takes; the
stance of the one who reports is kept apart (Karttunen 1971; Saurí and Pustejovsky 2009 on commitment).
"""

from __future__ import annotations

from ..lexicon import lexicon

SAYING = lexicon(
    """
    say tell add write note argue announce report state declare insist claim acknowledge admit
    assert allege warn reveal indicate conclude respond reply explain agree estimate predict point
    imply remark recall charge answer concede reiterate emphasize emphasise contend caution stress
    tweet retweet post quip joke observe maintain testify vow pledge promise swear deny confirm
    affirm complain boast brag lament muse opine proclaim pronounce relate recount repeat comment
    mention hint intimate suggest propose recommend cry shout yell scream whisper mutter interject
    counter retort rejoin continue conclude elaborate clarify speculate hypothesize theorize
    advise inform notify assure remind text email blog sing chant advertise disclose divulge confess
    attest certify underline underscore signal rule write read ask wonder query inquire enquire urge
    demand order decree plead beg implore exclaim sigh grumble gripe fume thunder snap bemoan rue
    scoff demur object protest profess purport broadcast relay tout enthuse gush deadpan pontificate
    bellow holler murmur stammer gloat jest offer volunteer posit postulate summarise summarize
    venture conjecture forecast project calculate reckon surmise judge blast demand describe call
    """
)
"""Verbs of speech: they report a clause, or a quotation."""

QUOTING = SAYING | lexicon(
    """
    blast slam attack criticize criticise praise mock laugh smile nod shrug urge call describe refer
    chide scold admonish apologize go rail thank dismiss denounce condemn marvel plead react speak
    talk sum think conclude hope lash joke recite quote cite chime pipe interrupt interject persist
    press
    """
)
"""Verbs that may stand beside a quotation in marks."""

SHOWING = lexicon(
    """
    show find suggest indicate reveal demonstrate confirm conclude imply project warn estimate
    establish read state detail document note report say
    """
)
"""What documents, polls, photographs and data do."""

THINKING = lexicon(
    """
    believe think fear worry hope doubt suspect expect assume imagine feel know realize
    realise recognize recognise understand learn figure guess reckon presume suppose trust
    recall concede conclude foresee anticipate envision
    worry wish fret calculate gather sense agree
    """
)
"""Verbs of belief: an attribution where a source is named."""

INTENDING = lexicon(
    """
    want hope plan intend seek vow pledge promise refuse decline threaten propose decide agree ask
    expect wish aim prefer offer vote demand request swear claim resolve desire aspire volunteer
    consent determine opt choose hesitate love like hate dread long yearn prepare commit push press
    arrange elect profess deserve
    """
) - lexicon("long prepare arrange deserve elect")
"""Verbs that take a "to" clause with the subject's own will in it."""

TELLING = lexicon(
    """
    tell ask urge order advise warn remind assure inform notify persuade convince instruct direct
    command beg implore request invite encourage challenge press pressure caution admonish exhort
    forbid want expect promise compel demand
    """
)
"""Verbs that take an addressee and a clause."""

JUDGING = lexicon(
    """
    criticize criticise endorse denounce blast condemn praise slam oppose defend dismiss tout mock
    question deny reject support blame deride decry assail applaud ridicule lambaste lambast bash
    highlight emphasize emphasise stress cite mention reveal disclose predict outline propose
    express voice recount recall discuss acknowledge note announce favor favour back
    hail commend repudiate disavow belittle insult excoriate
    castigate chastise scold admire admit concede allege promise vow urge order
    recommend suggest lament bemoan espouse contemplate envision
    foresee anticipate doubt fear hate love despise detest resent regret prefer want ponder
    consider weigh confirm explain describe clarify reiterate repeat echo underscore underline tweet
    report declare proclaim warn joke rail refute rebut dispute contest
    hate trash skewer savage pan denigrate vilify demonize impugn malign lampoon rip bemoan
    salute disapprove reaffirm affirm assert imply insinuate hint caution call
    accuse urge list
    """
)
"""Verbs whose object is what is said or thought of: "criticised the plan"."""

NAMING = lexicon(
    """
    call describe label brand dub term deem characterize characterise portray depict view regard see
    cast dismiss denounce frame cite refer declare name paint consider condemn hail pronounce liken
    compare decry deride praise tout
    """
)
"""Verbs that say one thing of another: "called it a trap", "described them as brave"."""

SPEAKING = frozenset(
    {
        ("accuse", "of"), ("accuse", "for"), ("agree", "with"), ("allude", "to"), ("apologize", "for"),
        ("appeal", "for"), ("argue", "for"), ("argue", "against"), ("ask", "for"), ("blame", "for"),
        ("boast", "of"), ("boast", "about"), ("brag", "about"), ("call", "for"), ("call", "on"), ("campaign", "for"),
        ("caution", "against"), ("comment", "on"), ("complain", "of"), ("complain", "about"),
        ("criticize", "for"), ("disagree", "with"), ("express", "about"), ("hint", "at"), ("inquire", "about"), ("insist", "on"),
        ("joke", "about"), ("lash", "at"), ("object", "to"), ("opine", "on"), ("plead", "for"), ("point", "to"),
        ("praise", "for"), ("push", "for"), ("rail", "against"), ("rail", "about"), ("refer", "to"),
        ("speak", "of"), ("speak", "about"), ("speak", "against"), ("speculate", "about"), ("sympathize", "with"), ("talk", "about"),
        ("tell", "of"), ("tell", "about"), ("testify", "about"), ("thank", "for"), ("think", "about"),
        ("vote", "against"), ("warn", "of"), ("warn", "about"), ("warn", "against"), ("write", "about"), ("write", "of"), ("worry", "about"),
        ("hope", "for"), ("believe", "in"), ("advocate", "for"), ("wonder", "about"), ("elaborate", "on"), ("fear", "for"),
        ("protest", "against"), ("protest", "over"), ("cry", "for"), ("dream", "of"), ("demand", "for"), ("apologise", "for"),
    }
)  # fmt: skip
"""Verb and preposition: the preposition's object is what is spoken of."""

ATTITUDES = lexicon(
    """
    afraid adamant aware certain concerned confident convinced eager hopeful optimistic pessimistic proud
    skeptical sceptical sure surprised terrified unaware uncertain unsure worried wary critical supportive
    dismissive doubtful fearful reluctant unwilling keen grateful angry furious upset frustrated
    disappointed outraged pleased glad sorry satisfied alarmed shocked impressed
    """
)
"""Adjectives of belief and attitude: "is confident that", "is worried about"."""

CLAIM_NOUNS = lexicon(
    """
    claim statement assertion allegation accusation charge report rumour rumor suggestion belief
    view opinion argument contention warning promise pledge vow announcement admission denial
    confirmation prediction estimate conclusion finding fear hope concern worry doubt suspicion
    insistence assumption theory proposal demand call threat revelation acknowledgment
    acknowledgement assurance remark comment declaration speculation complaint
    hint signal talk testimony story revelation assessment judgment judgement
    determination
    """
)
"""Nouns that carry a clause: "the governor's claim that …"."""

STANCE_NOUNS = lexicon(
    """
    attack criticism praise endorsement description call
    defense defence denunciation rebuke pledge promise
    demand allegation characterization complaint disdain vow
    """
)
"""Nouns whose owner speaks and whose preposition names what of: "her attacks on the plan"."""

STANCE_PREPOSITIONS = lexicon("on of for about against to toward towards over")

EVIDENCE_NOUNS = {
    "photograph": "photograph", "photo": "photograph", "picture": "photograph", "image": "photograph",
    "snapshot": "photograph", "imagery": "photograph", "datum": "data", "video": "video", "footage": "video", "recording": "video", "clip": "video",
    "film": "video", "tape": "video", "document": "document", "file": "document", "memo": "document",
    "memorandum": "document", "letter": "document", "transcript": "document", "email": "document",
    "e-mail": "document", "record": "document", "contract": "document", "invoice": "document", "cable": "document",
    "dossier": "document", "data": "data", "figure": "data", "statistic": "data", "poll": "data",
    "survey": "data", "study": "data", "census": "data", "measurement": "data", "analysis": "data",
    "eyewitness": "eyewitness", "witness": "eyewitness", "bystander": "eyewitness", "resident": "eyewitness",
    "survivor": "eyewitness", "onlooker": "eyewitness", "confession": "confession",
}  # fmt: skip
"""Nouns of evidence and the kind each is."""

PROOF_NOUNS = lexicon("evidence proof indication sign")

PUBLISHING = lexicon(
    """
    publish release present unveil find discover obtain possess hold have produce offer provide show
    cite give collect gather uncover
    """
)
"""What one does with evidence: "published new evidence linking …"."""

UNNAMED_HEADS = lexicon(
    """
    source sources official officials insider insiders activist activists people person man woman
    men women resident residents witness witnesses eyewitness eyewitnesses expert experts analyst
    analysts observer observers critic critics diplomat diplomats aide aides adviser advisers
    advisor advisors spokesman spokeswoman spokesperson lawyer lawyers worker workers villager
    villagers local locals soldier soldiers officer officers commander commanders doctor doctors
    student students voter voters supporter supporters someone somebody many some others several few
    most lawmaker lawmakers rebels rebel militant militants employee employees friend friends
    relative relatives neighbour neighbours neighbor neighbors scientist scientists researcher
    researchers economist economists journalist journalists reporter reporters passenger passengers
    protester protesters opponent opponents politician politicians member members leader leaders
    teacher teachers
    """
)
"""Heads of noun phrases that name nobody."""

OUTLET_WORDS = lexicon(
    """
    agency newspaper paper portal website site channel broadcaster station magazine outlet daily
    weekly tabloid blog network wire press gazette tribune herald courier newswire journal
    """
)
"""Words beside a name that make it an outlet."""

OUTLET_NAMES = lexicon(
    """
    reuters afp ap tass interfax cnn bbc nbc abc cbs msnbc fox bloomberg politico breitbart xinhua
    sana guardian npr axios vox buzzfeed
    """
)
"""Wire services and broadcasters known by name alone; the registry knows more."""

DOCUMENT_HEADS = lexicon(
    """
    report poll survey study document statement letter article story editorial memo law bill
    resolution indictment filing lawsuit complaint transcript book constitution treaty ruling data
    figures statistics records tally analysis census sign headline ad advertisement email emails
    post tweet release website photographs photograph photo photos images image video footage
    evidence findings finding results research
    """
)
"""Heads that make the source a document rather than a person."""

ROLE_HEADS = lexicon(
    """
    expert minister president governor mayor spokesman spokeswoman spokesperson senator congressman
    congresswoman analyst chairman chairwoman chief commander general colonel director secretary
    professor doctor scientist lawyer attorney diplomat ambassador candidate nominee premier
    chancellor king queen prince princess pope bishop sheriff officer official judge author writer
    activist economist politologist politician leader manager coach captain researcher founder owner
    publisher editor columnist journalist blogger inspector harbourmaster strategist
    """
)
"""Heads by which a named person is spoken of again: "the expert"."""

PEOPLE = (
    UNNAMED_HEADS
    | ROLE_HEADS
    | lexicon(
        """
        republican democrat voter candidate family party campaign committee government administration council
        company group organisation organization court commission union team staff board crowd audience public
        majority minority police force army ministry department agency office association congress senate house
        parliament authority coalition country nation state city town community pollster respondent
        businessman businesswoman investor donor delegate conservative liberal progressive immigrant muslim
        christian catholic millennial executive ally rival foe detractor backer fan enthusiast mother father
        parent wife husband son daughter brother sister child kid girl boy lady guy fellow gentleman colleague
        boss host moderator anchor panel panelist camp side regime bank firm business industry
        newspaper magazine paper outlet network media press website site channel foundation institute university
        school college church think-tank nonprofit charity watchdog bureau service tribe veteran youth farmer
        fisherman miner driver owner tenant landlord neighbour shopkeeper captain crew pilot survivor victim patient nurse
        half third quarter percent everybody anybody nobody each both neither
        pair trio duo one other another none hundred thousand million dozen handful lot couple
        advocate user hopeful surgeon neurosurgeon tycoon mogul magnate operative leadership faction movement star
        actor citizen left right airline independent elite agent maker scholar admiral representative cleric
        justice nephew establishment wing principal pope head pensioner refugee migrant prisoner
        inmate hostage sailor docker trader grocer baker cleaner monk nun priest imam rabbi poet
        artist singer athlete player
        """
    )
)
"""Heads that can have a voice or a will."""

_PERSON_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "men",
    "ant",
    "ee",
    "ess",
    "crat",
    "ers",
    "ors",
    "ists",
    "ians",
)


def is_people(lemma: str) -> bool:
    """Whether a noun names people or a body of them, by the lists or by its ending."""
    return lemma in PEOPLE or (len(lemma) > 5 and lemma.endswith(_PERSON_ENDINGS) and lemma not in _THINGS)


_THINGS = lexicon(
    """
    number order border disaster matter letter power paper answer offer computer center counter character chapter
    quarter color flavor behavior labor honor error factor sector vector manner dinner winter summer server weather
    water cover tower river shoulder trigger register corner transfer
    """
)

ENDORSING = lexicon(
    """
    reveal point note acknowledge admit confirm prove demonstrate show know realize realise
    recognize recognise discover disclose concede confess recall remember remind find learn
    establish expose uncover explain clarify
    """
)
"""Cues by which the reporter takes the content for true."""

DISTANCING = lexicon(
    """
    claim allege purport assert insist contend maintain profess pretend imagine fancy insinuate
    boast brag speculate rumour rumor suppose accuse
    """
)
"""Cues by which the reporter stands back."""

DENYING_NOUNS = lexicon("lie falsehood fabrication hoax falsity untruth myth nonsense")
"""Said of a content, these deny it: "a bald-faced lie"."""

DOUBTING_ADVERBS = lexicon(
    "falsely wrongly incorrectly mistakenly baselessly absurdly untruthfully dishonestly"
)

LIKELY = lexicon("probably likely presumably apparently seemingly evidently doubtless almost")
POSSIBLE = lexicon(
    """
    may might could possibly perhaps maybe potentially conceivably possible reportedly allegedly
    supposedly purportedly seem appear
    """
)
UNLIKELY = lexicon("unlikely doubtful improbable hardly")
HIGH_CONFIDENCE = lexicon(
    """
    certainly definitely undoubtedly surely certain indisputable indisputably undeniable undeniably
    clearly convinced confident sure unquestionably
    """
)
MODERATE_CONFIDENCE = lexicon("believe think expect assess judge estimate reckon assume presume")
LOW_CONFIDENCE = lexicon("suspect guess unsure uncertain doubt unclear speculate fear")
NEGATORS = lexicon("not n't never no none nobody nothing neither nor without cannot")
CONDITIONALS = lexicon("if unless whether provided assuming")

"""Every probability that the count assumes, in one place, each with its reason.

They are judgements of how often such a sign means what it seems to mean. Those marked *fitted* follow what
`benchmarks/ecosystem/fit.py` finds on the development half of the ecosystem benchmark, with the true claims given;
docs/ecosystem.md has the figures. `Settings.q` and `Settings.rho` are the two that a user may set.
docs/how-the-count-works.md discusses them, and how much the count depends on each.
"""

from __future__ import annotations

CERTAIN = 0.95
"""From here on an edge holds in every sample: what is left of doubt is small beside the priors."""

LIKELY = 0.5
"""From here on an edge (or the edges of one group together) is in the graph that K, R and K_g are read from."""

RESOLVED = 0.8
"""Below this, a dependence counts as unresolved, and `at_most` keeps the two sides apart."""

QUOTED = 0.97
"""The text names who said it. Left over: the attribution is misread or belongs to another sentence."""

RELAYED = 0.95
"""The text names the outlet it has this from ("as the portal reported")."""

CREDITED = 0.9
"""A credit line ("(Reuters)") covers the whole article; this claim may be the article's own addition."""

FEED_SOURCE = 0.8
"""A feed item names the outlet it was taken from; aggregators sometimes rewrite and add."""

BASED_ON = 0.9
"""The page's own metadata says what it is based on: as good as a credit line."""

CREDITED_ELSEWHERE = 0.7
"""An article that makes the claim in its own voice, or by a source it does not name, and credits an outlet for
other sentences on the same matter, has the claim from there: credit is given once, not in every sentence. Left
over: it knows this part from elsewhere. Several outlets share the probability."""

CREDITED_WORDS = 2
"""Content words that such a credited sentence and the claim have in common at least."""

TOLD_ELSEWHERE = 0.6
"""An article that makes the claim in its own voice and quotes a named source for other sentences on the matter has the
claim from there: a lead tells in the paper's own words what is attributed further down. Several sources share the
probability by how much of the matter they are quoted for."""

WHOLE_PIECE = 0.6
"""A short article that makes the claim in its own voice, and shows for no sentence on the matter whom it is from, has it from
the outlet that it credits for anything, or from somebody whom it quotes and whom another article of the claim quotes
as well. Several share the probability."""

SHORT = 4000
"""Characters of an article that is likely about one thing: some 600 words."""

BEHIND_OUTLET = 0.85
"""A source without a name who is known to have spoken to an outlet, and whose very words another article has, which credits
nobody: that article has them from the outlet. Who stays without a name does not go from paper to paper."""

SEEN = 0.7
"""A sentence in the article's own voice that speaks of a video tells what is seen there. All articles of a claim that
do so mean one video: rumours are about one."""

SAME_WORDS = 0.85
"""Words in quotation marks without a speaker, which another article gives to a named one, are that speaker's."""

LINKED = 0.6
"""A link leads to an article that asserts the same claim: often the basis, often only background."""

TOLD_BY = 0.95
"""A nested attribution: the speaker says that another said it."""

SPEAKS_FOR = 0.95
"""The pile or the registry shows that a person speaks for an institution: its word is theirs."""

SHARED_QUOTATION = 0.3
"""Factor on the probability of a copy when all that is shared is a quotation: both may have heard it."""

SHARED_SPEAKER = 0.5
"""Factor on the probability of a copy when all that is shared is what one named source is reported to have said: both
may have had it from that source."""

HARDLY_MORE = 1.3
"""A shared passage of at most this many times a statement's length is that statement and nothing else."""

CREDIT_LOST = 0.9
"""Of two like passages, undated, the one that names the speaker is the parent: credits are lost in copying
far more often than they are found."""

EARLIER_FIRST = 0.9
"""Of two like passages whose wording tells no direction, the surely earlier article is the parent. Left over:
a date is wrong, or an update carries the first one's date."""

COMMON_TEXT = 0.9
"""Two articles share wording, and neither has it from the other: then both have it from a text outside the
pile, unless the likeness is chance."""

HALF = 0.5
"""Share of a statement's characters that must lie inside the shared wording for the claim to be in it."""

RESTATED_LEAST, RESTATED_MOST = 0.1, 0.4
"""An own-voice statement with no credit, close in words to one that is not later: from the least, when half
of the words agree, to the most, when all do. News is written from other news, but seldom from the very article whose
words are nearest. Fitted, on few cases."""

RESTATED_FROM = 0.5
"""Share of content words in common from which a restatement is considered."""

OWN_HOUSE = 0.85
"""An own-voice statement that the same outlet has printed before: it repeats itself, as background mostly."""

Q_ALIKE = 2.0
"""How much the articles of one claim are alike in whether they have origins of their own: 1 / (1 + this) is the correlation of
two. A claim told by five articles that name nobody is mostly one report that is not in the pile, or else five."""

LEANING = 0.5
"""Factor on q for an article that copies another article of the claim elsewhere, not where the claim is made:
who prints somebody's text in part has mostly read all of it."""

HIDDEN_WITHIN = 0.9
"""An article's hidden parent rests on one of the lines that the pile shows, where it shows any, rather than on
one that it does not show at all: the pile was gathered because it holds the story."""

NAMES_COMPATIBLE = 0.5
"""Two sources whose names may be one ("Ivanov", "Sergei Ivanov") and that nothing shows to be two."""

UNNAMED_IS_NAMED = 0.2
"""An unnamed source is one of those whom other articles name: people speak to one paper by name and to another
without, and names get lost on the way. Fitted."""

PRONOUN_IS_NAMED = 0.6
"""A pronoun that the reading left open ("he claims") is one of those whom other articles name: an article has said before
whom it means by it."""

OUTLET_IS_CITED = 0.8
"""An outlet that an article does not name ("a website reported") is one of those that other articles cite for the claim: in the
rumours that were read by hand it nearly always was."""

UNNAMED_LIKE = 2.5
"""Factor on the odds of rho when two unnamed sources are described in the same words."""

UNNAMED_AUTHORITY = 9.0
"""Factor on the odds of rho when both speak for an authority of the same kind: the police of one story are one police."""

SPEAKS_FOR_UNNAMED = 0.8
"""An authority without a name ("police") is the one for which another article's source with a name speaks ("police
spokeswoman Nora Finch")."""

UNNAMED_UNLIKE = 0.6
"""Factor on the odds of rho when both are described, and no word is shared. Fitted: one paper's "source in the fire
service" is another's "official"."""

UNNAMED_ONE_HOUSE = 1.5
"""Factor on the odds of rho when the outlets belong to one owner: they share correspondents."""

UNNAMED_FAR = 0.5
"""Factor on the odds of rho when the articles appeared more than `FAR_DAYS` apart."""

FAR_DAYS = 7

NEAREST = 200
"""With how many others an unnamed source is compared at most."""

LARGE_CLAIM = 2_000
"""Number of articles above which a claim is counted with fewer samples, and own-voice statements are not
compared pair by pair: what keeps the time of one huge claim in bounds."""

LARGE_SAMPLES = 40
"""How many graphs are drawn for such a claim: K is in the hundreds there, or one."""

THIN_SHARE = 0.5
"""Share of a claim's articles, resting on nothing that the pile explains, above which a count of three or
more such lines is a guess from priors: it is withheld."""

THIN_LINES = 3
"""Least number of unexplained lines for that."""

Q_RANGE = (0.05, 0.5)
"""Between which values of q nobody can choose from the texts of one claim."""

Q_SWING = 0.3
"""How far P(K ≥ 2) may move over that range before it says more about q than about the claim: it is withheld. *Fitted*: on
the development half, with the true claims given, what moves further is guessed worse than by the base rate."""

PILE_MISSING = 0.4
"""Share of in-pile outlets' pieces that are cited but not in the pile, above which the pile is too thin."""

PILE_CITATIONS = 6
"""Least number of such citations to judge the pile by."""

NEARLY = 0.3
"""Least probability of being the claim from which a statement that was left out of it may raise `at_most`. Below
it, on what was read by eye, next to none is."""

NEARLY_WORDS = 3
"""Content words that such a statement has in common with one of the claim at least: likeness of meaning alone joins
whatever happened at one place."""

MAY_BELONG = 4
"""How many other claims, the likeliest, are read as belonging to a claim or not: 2 to the power of this are the graphs."""

MAY_AT_ALL = 0.1
"""Least probability of belonging that is looked at."""

LEAST_READING = 0.01
"""Readings of what belongs that are less likely than this are left out."""

BELONGS = (0.3, 2.4)
"""What is added to the stated log odds that a statement which was left out is the claim: always, and times the share of content
words that it has in common with the nearest one of the claim. *Fitted* to the development half and to a hundred pairs of real
rumours, judged by hand."""

BELONGS_FEW = 1.2
"""What is taken off where there are hardly any words in common, or, across languages, no name and no number: of such pairs of
real rumours one in eight was the same."""

BELONGS_ACROSS = 0.0
"""What is added where they are in two languages, so that words tell nothing, and have a name or a number in common. *Fitted* to
the development half."""

BELONGS_MOST = 0.9
"""However alike the words: the grouping had its reasons."""

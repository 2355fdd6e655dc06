"""What people decided: written down as data, found again in every run, and kept to.

`file` reads and writes judgements, `find` finds what they speak of among this run's articles, `wording` says them in
sentences. `statements`, `sources`, `owners` and `copies` apply one kind each: each takes what a stage found and gives it
back as decided, with what became of every judgement.
"""

from .copies import judged_copies
from .file import LARGEST, checked, digest, dump, load, ordered
from .owners import judged_owners
from .sources import judged_sources
from .statements import in_claims, judged_statements, warnings
from .wording import decided, sentence

__all__ = [
    "LARGEST",
    "checked",
    "decided",
    "digest",
    "dump",
    "in_claims",
    "judged_copies",
    "judged_owners",
    "judged_sources",
    "judged_statements",
    "load",
    "ordered",
    "sentence",
    "warnings",
]

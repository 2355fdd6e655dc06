"""Claims: the same proposition, wherever and however it is said."""

from .grouping import group
from .judged import Constraints, Naming, Ruling
from .statements import statements
from .together import Reader, Seen, Words, reader

__all__ = ["Constraints", "Naming", "Reader", "Ruling", "Seen", "Words", "group", "reader", "statements"]

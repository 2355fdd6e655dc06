"""Claims: the same proposition, wherever and however it is said."""

from .grouping import group
from .judged import Constraints, Naming, Ruling
from .statements import statements

__all__ = ["Constraints", "Naming", "Ruling", "group", "statements"]

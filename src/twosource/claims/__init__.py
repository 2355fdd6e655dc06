"""Claims: the same proposition, wherever and however it is said."""

from .grouping import group
from .statements import statements

__all__ = ["group", "statements"]

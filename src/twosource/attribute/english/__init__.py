"""English: rules over the dependency parse (ClearNLP labels), words and quotation marks."""

from __future__ import annotations

from .find import find
from .mend import mend

__all__ = ["find", "mend"]

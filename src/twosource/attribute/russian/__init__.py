"""Attribution in Russian: rules over natasha's parse. `find` delivers, `resolve` says who, the rest how firmly."""

from __future__ import annotations

from .find import find
from .firmness import certainty, evidence, stance
from .resolve import resolve

__all__ = ["certainty", "evidence", "find", "resolve", "stance"]

"""One frozen value with everything that a user may set; its digest is part of every cache key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may vary. Every field changes results, so every field is in the digest.

    q: probability in [0, 1] that an article with no parent found has an origin of its own.
    rho: probability in [0, 1] that two unnamed sources in different articles are one, before
        description, outlet and time speak.
    samples: how many graphs are drawn for the interval, ≥ 1.
    seed: of every random draw.
    same: least probability in [0, 1] at which two statements are one claim.
    min_words: shortest shared run of words that is reported as reuse, ≥ 5.
    max_characters: longest article that is read, in code points; longer ones are skipped by name.
    """

    q: float = 0.15
    rho: float = 0.5
    samples: int = 400
    seed: int = 20240601
    same: float = 0.58
    min_words: int = 8
    max_characters: int = 2_000_000

    def as_dict(self) -> dict[str, str]:
        """Every setting as text, in the order of the fields."""
        return {f.name: repr(getattr(self, f.name)) for f in fields(self)}

    @property
    def digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of all settings."""
        return digest_of(self.as_dict())


def digest_of(values: Mapping[str, str]) -> str:
    """The first 16 hex digits of the SHA-256 of all that a result depends on beside its articles, in the order given."""
    joined = "\n".join(f"{name}={value}" for name, value in values.items())
    return hashlib.sha256(joined.encode()).hexdigest()[:16]

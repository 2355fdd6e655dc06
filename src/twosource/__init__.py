"""twosource: how many independent lines stand behind a claim."""

__version__ = "0.1.0"

__all__ = ["__version__"]

"""The room attribute."""

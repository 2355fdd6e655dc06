"""The case file: what was read, found and decided, in one DuckDB file."""

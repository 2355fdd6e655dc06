"""The room provenance."""

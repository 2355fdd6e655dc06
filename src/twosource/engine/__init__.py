"""Where work runs. Stages are pure functions over articles; an engine maps them and keeps the order."""

"""The room reuse."""

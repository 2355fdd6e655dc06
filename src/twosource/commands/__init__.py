"""The commands, one module each: parse the options, call the pipeline, print. `cli` puts them together."""

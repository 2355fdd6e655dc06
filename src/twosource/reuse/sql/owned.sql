-- Which shingles of five words each article has, each once: what `alike` compares.
SELECT DISTINCT article, name FROM {places}

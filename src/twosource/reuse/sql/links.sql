-- Equal shingles in two articles. One that stands in few articles, or in those of one story, links every two of them; a common one links
-- each article to the earliest that has it (a star), so that 500 copies of a wire cost 499 links. What was
-- there before is not joined with itself.
-- One row: a place in the earlier article and one in the later; block: the work is cut by later articles.
SELECT CAST(floor(b.article / {block}) AS BIGINT) AS block, a.article AS earlier, a.place AS pa, b.place AS pb
FROM {layer} a JOIN {layer} b ON a.name = b.name AND a.article < b.article
WHERE (a.star = 0 OR a.article = a.earliest) AND a.fresh + b.fresh > 0

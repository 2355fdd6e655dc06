-- All that is needed to align the passages of one block of later articles, in rows of one shape.
-- kind 0: an article (x), the place of its first word (y) and its words as hashes: the later articles of the
--         block, and the earlier ones that they are linked to.
-- kind 1: a link, from a place in the earlier article (x) to one in the later (y).
-- kind 2: a place in a later article (x), and in how many articles its shingle stands (y).
WITH needed AS (
    SELECT block, earlier AS article FROM links
    UNION
    SELECT CAST(floor(article / {block}) AS BIGINT) AS block, article FROM articles
)
SELECT needed.block, 0 AS kind, articles.article AS x, articles.first AS y, articles.words
FROM needed JOIN articles ON needed.article = articles.article
UNION ALL
SELECT block, 1 AS kind, pa AS x, pb AS y, CAST(NULL AS BINARY) AS words FROM links
UNION ALL
SELECT CAST(floor(article / {block}) AS BIGINT) AS block, 2 AS kind, place AS x, articles AS y, CAST(NULL AS BINARY) AS words
FROM shared

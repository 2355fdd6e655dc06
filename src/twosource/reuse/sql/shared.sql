-- Every place of every shingle that two articles or more have.
-- From: shingles (value, article, place, fresh): the hash of the five words that begin at each place; a place is
--       a token's number over the whole pile, so that article and place rise together; fresh: 1 where the article
--       was not there before.
-- One row: a place, the shingle there (its name: the place where it first stands in the pile), in how many
--       articles it stands and which of them is the earliest.
WITH shared AS (
    SELECT value, min(place) AS name, min(article) AS earliest, count(DISTINCT article) AS articles
    FROM shingles
    GROUP BY value
    HAVING min(article) < max(article)
)
SELECT shared.name, shingles.article, shingles.place, shared.articles, shared.earliest, shingles.fresh
FROM shingles JOIN shared ON shingles.value = shared.value

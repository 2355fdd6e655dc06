-- Every place of every shingle that two articles or more have, of those in one part of the hashes.
-- From: shingles (value, article, place, fresh): the hash of the five words that begin at each place; a place is
--       a token's number over the whole pile, so that article and place rise together; fresh: 1 where the article
--       was not there before.
-- One row: a place, the shingle there (its name: the place where it first stands in the pile), in how many
--       articles it stands and which of them is the earliest.
WITH chosen AS (
    SELECT value, article, place, fresh FROM shingles {only}
),
once AS (
    SELECT value, article, min(place) AS place FROM chosen GROUP BY value, article
),
shared AS (
    SELECT value, min(place) AS name, min(article) AS earliest, count(*) AS articles
    FROM once
    GROUP BY value
    HAVING count(*) > 1
)
SELECT shared.name, chosen.article, chosen.place, shared.articles, shared.earliest, chosen.fresh
FROM chosen JOIN shared ON chosen.value = shared.value

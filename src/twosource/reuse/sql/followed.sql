-- The places that are followed up: of one shingle in one article the first few. An article of one repeated
-- word has thousands, and they say nothing new.
SELECT name, article, place, articles, earliest, fresh
FROM (
    SELECT *, row_number() OVER (PARTITION BY name, article ORDER BY place) AS nth FROM {places}
) numbered
WHERE nth <= {occurrences}

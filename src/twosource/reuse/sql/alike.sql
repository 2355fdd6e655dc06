-- Shingles in more than {few} articles, and in {common} at most, of which two tell one story.
-- Each of the earliest {neighbours} articles is compared with the next one that has the shingle: the two tell one
-- story when they share {alike} shingles of five words, or as many as half of all that the shorter one has.
WITH carriers AS (
    SELECT DISTINCT name, article FROM {places} WHERE articles > {few} AND articles <= {common}
),
numbered AS (
    SELECT name, article, row_number() OVER (PARTITION BY name ORDER BY article) AS nth FROM carriers
),
neighbours AS (
    SELECT a.name, a.article AS x, b.article AS y
    FROM numbered a JOIN numbered b ON b.name = a.name AND b.nth = a.nth + 1
    WHERE a.nth <= {neighbours}
),
asked AS (
    SELECT DISTINCT x, y FROM neighbours
),
counted AS (
    SELECT asked.x, asked.y, count(*) AS shared
    FROM asked JOIN owned a ON a.article = asked.x JOIN owned b ON b.article = asked.y AND b.name = a.name
    GROUP BY asked.x, asked.y
),
kin AS (
    SELECT counted.x, counted.y
    FROM counted JOIN articles a ON a.article = counted.x JOIN articles b ON b.article = counted.y
    WHERE counted.shared >= least({alike}, floor((greatest(least(octet_length(a.words), octet_length(b.words)) / 4 - {width} + 1, 1) + 1) / 2))
)
SELECT DISTINCT neighbours.name FROM neighbours JOIN kin ON kin.x = neighbours.x AND kin.y = neighbours.y

-- A common shingle is read on: two of them, {shift} words apart, are one longer shingle, which fewer articles
-- have. Columns as in shared.sql.
WITH common AS (
    SELECT name, article, place, fresh FROM {layer} WHERE star = 1
),
both_common AS (
    SELECT a.article, a.place, a.fresh, a.name AS head, b.name AS tail
    FROM common a JOIN common b ON b.article = a.article AND b.place = a.place + {shift}
),
shared AS (
    SELECT head, tail, min(place) AS name, min(article) AS earliest, count(DISTINCT article) AS articles
    FROM both_common
    GROUP BY head, tail
    HAVING min(article) < max(article)
)
SELECT shared.name, p.article, p.place, shared.articles, shared.earliest, p.fresh
FROM both_common p JOIN shared ON p.head = shared.head AND p.tail = shared.tail

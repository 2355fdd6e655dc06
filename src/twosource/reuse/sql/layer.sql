-- The places of one layer, with star: 1 where the shingle is common, so that it is star-linked and read on.
SELECT p.name, p.article, p.place, p.articles, p.earliest, p.fresh,
       CASE WHEN p.articles <= {few} OR alike.name IS NOT NULL THEN 0 ELSE 1 END AS star
FROM {places} p LEFT JOIN {alike} alike ON alike.name = p.name

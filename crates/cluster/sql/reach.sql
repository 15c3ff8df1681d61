-- Views as captured, thing by thing; nothing is estimated for what was not captured.
--
-- Reads  actions as in together.sql; `views` is -1 where a capture shows none.
-- Gives  object, fewest, most, shown, unknown: a post seen twice with two numbers is a range, never a sum; posts whose
--        views nobody captured are counted as unknown, not as zero.
WITH post AS (
  SELECT object, content,
         MIN(CASE WHEN views >= 0 THEN views END) AS fewest,
         MAX(CASE WHEN views >= 0 THEN views END) AS most
  FROM actions
  WHERE kind = 0
  GROUP BY object, content
)
SELECT object,
       CAST(COALESCE(SUM(fewest), 0) AS BIGINT) AS fewest,
       CAST(COALESCE(SUM(most), 0) AS BIGINT) AS most,
       CAST(COUNT(most) AS BIGINT) AS shown,
       CAST(COUNT(*) - COUNT(most) AS BIGINT) AS unknown
FROM post
GROUP BY object
ORDER BY object

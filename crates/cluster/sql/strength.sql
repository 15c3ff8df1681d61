-- In how many pairs within {within} milliseconds each account is: what the chance level of `together` rests on.
--
-- Reads  actions as in together.sql.
-- Gives  account, pairs.
WITH act AS (
  SELECT DISTINCT account, object, content, time_ms,
         time_ms - ((time_ms % {step}) + {step}) % {step} AS stretch
  FROM actions
  WHERE kind = 0
),
earlier AS (
  SELECT account, object, time_ms, stretch FROM act
  UNION ALL
  SELECT account, object, time_ms, stretch + {step} AS stretch FROM act
),
met AS (
  SELECT e.account AS one, l.account AS other, COUNT(*) AS pairs
  FROM earlier e
  JOIN act l ON l.object = e.object AND l.stretch = e.stretch
  WHERE l.time_ms - e.time_ms >= 0
    AND l.time_ms - e.time_ms <= {within}
    AND e.account <> l.account
    AND (e.time_ms < l.time_ms OR e.account < l.account)
  GROUP BY e.account, l.account
),
ends AS (
  SELECT one AS account, pairs FROM met
  UNION ALL
  SELECT other AS account, pairs FROM met
)
SELECT account, CAST(SUM(pairs) AS BIGINT) AS pairs
FROM ends
GROUP BY account
ORDER BY account

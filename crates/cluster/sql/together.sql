-- Who acted together: accounts that did something to the same thing within {within} milliseconds.
--
-- Reads  actions(account, object, content, time_ms, kind, views), integers only; see docs/formats/cluster.md.
-- Gives  account_a, account_b, weight, objects, delta_ms: as `network::together` defines them.
--
-- A thing's actions are cut into stretches of {step} ms, so that a thing that thousands act on is many small joins and no
-- single machine gets all of it. Each action waits in its own stretch and looks for later ones there and in the next: no
-- pair is lost where two stretches meet. Groups are made twice, first within a thing, so that what is sent around is small.
WITH act AS (
  SELECT DISTINCT account, object, content, time_ms,
         time_ms - ((time_ms % {step}) + {step}) % {step} AS stretch
  FROM actions
  WHERE kind = 0
),
earlier AS (
  SELECT account, object, content, time_ms, stretch FROM act
  UNION ALL
  SELECT account, object, content, time_ms, stretch + {step} AS stretch FROM act
),
met AS (
  SELECT e.object AS object,
         CASE WHEN e.account < l.account THEN e.account ELSE l.account END AS account_a,
         CASE WHEN e.account < l.account THEN l.account ELSE e.account END AS account_b,
         CASE WHEN e.account < l.account THEN e.content ELSE l.content END AS content_a,
         CASE WHEN e.account < l.account THEN l.content ELSE e.content END AS content_b,
         l.time_ms - e.time_ms AS delta_ms
  FROM earlier e
  JOIN act l ON l.object = e.object AND l.stretch = e.stretch
  WHERE l.time_ms - e.time_ms >= 0
    AND l.time_ms - e.time_ms <= {within}
    AND e.account <> l.account
    AND (e.time_ms < l.time_ms OR e.account < l.account)
),
pair AS (
  SELECT object, account_a, account_b, content_a, content_b, MIN(delta_ms) AS delta_ms
  FROM met
  GROUP BY object, account_a, account_b, content_a, content_b
),
shared AS (
  SELECT account_a, account_b, object, COUNT(*) AS weight, SUM(delta_ms) AS delta_ms
  FROM pair
  GROUP BY account_a, account_b, object
)
SELECT account_a, account_b,
       CAST(SUM(weight) AS BIGINT) AS weight,
       CAST(COUNT(*) AS BIGINT) AS objects,
       CAST(SUM(delta_ms) AS BIGINT) AS delta_ms
FROM shared
GROUP BY account_a, account_b
HAVING SUM(weight) >= {least}
ORDER BY account_a, account_b

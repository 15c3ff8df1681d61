-- Who went on after a correction they demonstrably saw (kind 1: answered it, quoted it, were served with it).
--
-- Reads  actions as in together.sql.
-- Gives  object, account, noticed_ms, went_on, first_after_ms: the first moment of notice, the posts on the same thing
--        strictly after it, and the first of these. Who acted only before any correction is not listed.
WITH act AS (
  SELECT DISTINCT account, object, content, time_ms FROM actions WHERE kind = 0
),
noticed AS (
  SELECT object, account, MIN(time_ms) AS noticed_ms
  FROM actions
  WHERE kind = 1
  GROUP BY object, account
),
after AS (
  SELECT n.object AS object, n.account AS account, n.noticed_ms AS noticed_ms, a.content AS content,
         MIN(a.time_ms) AS first_ms
  FROM noticed n
  JOIN act a ON a.object = n.object AND a.account = n.account
  WHERE a.time_ms > n.noticed_ms
  GROUP BY n.object, n.account, n.noticed_ms, a.content
)
SELECT object, account, noticed_ms,
       CAST(COUNT(*) AS BIGINT) AS went_on,
       MIN(first_ms) AS first_after_ms
FROM after
GROUP BY object, account, noticed_ms
ORDER BY object, account

-- Who was first in this collection, thing by thing. Earlier actions may exist that nobody captured.
--
-- Reads  actions as in together.sql.
-- Gives  object, account, first_ms, tied, accounts, actions: the earliest time, the account that acted then (of several,
--        the first by name, and `tied` says how many), how many accounts acted at all, and how often.
WITH act AS (
  SELECT DISTINCT account, object, content, time_ms FROM actions WHERE kind = 0
),
mine AS (
  SELECT object, account, MIN(time_ms) AS first_ms, COUNT(*) AS actions
  FROM act
  GROUP BY object, account
),
earliest AS (
  SELECT object, MIN(first_ms) AS first_ms, COUNT(*) AS accounts, SUM(actions) AS actions
  FROM mine
  GROUP BY object
)
SELECT e.object AS object,
       MIN(m.account) AS account,
       e.first_ms AS first_ms,
       CAST(COUNT(*) AS BIGINT) AS tied,
       CAST(e.accounts AS BIGINT) AS accounts,
       CAST(e.actions AS BIGINT) AS actions
FROM earliest e
JOIN mine m ON m.object = e.object AND m.first_ms = e.first_ms
GROUP BY e.object, e.first_ms, e.accounts, e.actions
ORDER BY object

-- How far a roll-out or a migration is: Macs by sign-in method and registration, and how many are well.
WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY mac, "user" ORDER BY seen_at DESC, last_record_at DESC) AS newest
  FROM macs
)
SELECT method, registration,
  count(*) AS users,
  count(DISTINCT mac) AS macs,
  sum(CASE WHEN headline = 'ok' THEN 1 ELSE 0 END) AS well,
  sum(CASE WHEN migration_proven_at IS NOT NULL THEN 1 ELSE 0 END) AS leftovers_removed
FROM latest
WHERE newest = 1
GROUP BY method, registration
ORDER BY users DESC, method, registration

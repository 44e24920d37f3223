-- Which scenarios of a roll-out have been proven, on how many Macs, and when last. See psso-monitor validate.
WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY mac, "user" ORDER BY seen_at DESC, last_record_at DESC) AS newest
  FROM macs
),
proven AS (
  SELECT 'registration' AS scenario, registration_proven_at AS proven_at FROM latest WHERE newest = 1
  UNION ALL
  SELECT 'password-sync' AS scenario, password_sync_proven_at AS proven_at FROM latest WHERE newest = 1
  UNION ALL
  SELECT 'repair' AS scenario, repair_proven_at AS proven_at FROM latest WHERE newest = 1
  UNION ALL
  SELECT 'migration' AS scenario, migration_proven_at AS proven_at FROM latest WHERE newest = 1
)
SELECT scenario, count(proven_at) AS proven, count(*) AS users, max(proven_at) AS newest_proof
FROM proven
GROUP BY scenario
ORDER BY scenario

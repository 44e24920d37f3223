-- Of the Macs that got an update: how many had an issue that opened within a day after it.
-- It claims no cause. Compare the share with that of other versions.
WITH updates AS (
  SELECT DISTINCT history, kind, to_state AS version, "at" AS updated_at
  FROM events
  WHERE kind IN ('macos-updated', 'company-portal-updated', 'okta-verify-updated')
),
breaks AS (
  SELECT DISTINCT history, opened_at FROM issues
),
followed AS (
  SELECT updates.history AS history, updates.kind AS kind, updates.version AS version,
    sum(CASE WHEN breaks.opened_at >= updates.updated_at AND breaks.opened_at <= updates.updated_at + INTERVAL 1 DAY
      THEN 1 ELSE 0 END) AS breaks_after
  FROM updates LEFT JOIN breaks ON updates.history = breaks.history
  GROUP BY updates.history, updates.kind, updates.version
)
SELECT kind, version,
  count(*) AS macs,
  sum(CASE WHEN breaks_after > 0 THEN 1 ELSE 0 END) AS macs_with_break
FROM followed
GROUP BY kind, version
ORDER BY macs_with_break DESC, macs DESC, kind, version

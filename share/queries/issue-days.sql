-- What each issue costs: its episodes, the Macs that had it, and the days that it was open in all.
-- An open episode counts up to the newest record of the fleet.
WITH episodes AS (
  SELECT history, issue, opened_at, max(resolved_at) AS resolved_at
  FROM issues
  GROUP BY history, issue, opened_at
),
fleet AS (SELECT max(last_record_at) AS as_of FROM macs)
SELECT issue,
  count(*) AS episodes,
  count(DISTINCT history) AS macs,
  sum(CASE WHEN resolved_at IS NULL THEN 1 ELSE 0 END) AS open_now,
  round(sum(dateDiff('second', opened_at, coalesce(resolved_at, as_of))) / 86400.0, 2) AS days
FROM episodes CROSS JOIN fleet
GROUP BY issue
ORDER BY days DESC, issue

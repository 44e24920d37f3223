-- Issues opened in each week from Monday (UTC), with the Macs, by the version of macOS that was there.
WITH episodes AS (
  SELECT DISTINCT history, issue, opened_at, macos FROM issues
)
SELECT date_trunc('week', opened_at) AS week, macos, count(*) AS breaks, count(DISTINCT history) AS macs
FROM episodes
GROUP BY date_trunc('week', opened_at), macos
ORDER BY week, macos

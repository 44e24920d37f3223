-- The password sync lag: from the due time or the prompt to the refresh, in seconds, by the clock and in use.
-- Percentiles by nearest rank, so each figure is a measured value; n is the number of token cycles.
WITH lags AS (
  SELECT 'by the clock' AS measured, lag_seconds AS lag FROM windows
  WHERE outcome = 'password-synced' AND lag_seconds >= 0 AND active_lag_seconds >= 0
  UNION ALL
  SELECT 'in use' AS measured, active_lag_seconds AS lag FROM windows
  WHERE outcome = 'password-synced' AND lag_seconds >= 0 AND active_lag_seconds >= 0
),
ranked AS (
  SELECT measured, lag,
    row_number() OVER (PARTITION BY measured ORDER BY lag) AS place,
    count(*) OVER (PARTITION BY measured) AS cycles
  FROM lags
)
SELECT measured, max(cycles) AS n,
  min(CASE WHEN place >= 0.50 * cycles THEN lag END) AS p50,
  min(CASE WHEN place >= 0.75 * cycles THEN lag END) AS p75,
  min(CASE WHEN place >= 0.90 * cycles THEN lag END) AS p90,
  min(CASE WHEN place >= 0.95 * cycles THEN lag END) AS p95,
  min(CASE WHEN place >= 0.99 * cycles THEN lag END) AS p99,
  max(lag) AS most
FROM ranked
GROUP BY measured
ORDER BY measured

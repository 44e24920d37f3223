-- Macs on which sign-in is broken now, the longest first: since when, and the best cause.
-- A Mac without a record in the three days before the newest record is silent, and not listed here.
WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY mac, "user" ORDER BY seen_at DESC, last_record_at DESC) AS newest
  FROM macs
)
SELECT mac, "user", headline, issue, issue_since, cause, cause_grade, open_issues, macos, company_portal, last_record_at
FROM latest
WHERE newest = 1
  AND (headline IN ('needs-attention', 'not-registered'))
  AND last_record_at >= (SELECT max(last_record_at) FROM macs) - INTERVAL 3 DAY
ORDER BY headline_since, mac, "user"

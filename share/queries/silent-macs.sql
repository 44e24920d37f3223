-- Macs that recorded nothing in the three days before the newest record of the fleet, the longest silent first.
WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY mac, "user" ORDER BY seen_at DESC, last_record_at DESC) AS newest
  FROM macs
)
SELECT mac, "user", last_record_at, headline AS last_known_headline, agent_version
FROM latest
WHERE newest = 1
  AND last_record_at < (SELECT max(last_record_at) FROM macs) - INTERVAL 3 DAY
ORDER BY last_record_at, mac, "user"

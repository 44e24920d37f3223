#!/bin/sh
# Jamf Pro extension attribute, data type Date (YYYY-MM-DD hh:mm:ss), input type Script: last confirmed
# good, in UTC.
# docs/admin/pulling-with-jamf-pro.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'

if [ ! -x "$tool" ]; then
  echo '<result></result>'
  exit 0
fi
result=$("$tool" attribute last-confirmed-good --as jamf 2>/dev/null) || result='<result></result>'
printf '%s\n' "$result"
exit 0

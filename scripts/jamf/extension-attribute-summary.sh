#!/bin/sh
# Jamf Pro extension attribute, data type String, input type Script: the state of
# Platform SSO and since when, in one line.
# docs/admin/pulling-with-jamf-pro.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'

if [ ! -x "$tool" ]; then
  echo '<result>not installed</result>'
  exit 0
fi
result=$("$tool" attribute summary --as jamf 2>/dev/null) || result='<result>unknown</result>'
printf '%s\n' "$result"
exit 0

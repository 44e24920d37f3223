#!/bin/sh
# Intune custom attribute, data type String: the headline, one word for the state of Platform SSO. Intune runs
# it as root and stores the printed line.
# docs/admin/pulling-with-intune.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'

if [ ! -x "$tool" ]; then
  echo 'not installed'
  exit 0
fi
result=$("$tool" attribute headline 2>/dev/null) || result='unknown'
printf '%s\n' "$result"
exit 0

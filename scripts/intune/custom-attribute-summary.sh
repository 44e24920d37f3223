#!/bin/sh
# Intune custom attribute, data type String: the state of Platform SSO and since when, in one line. Intune
# runs it as root and stores the printed line.
# docs/admin/pulling-with-intune.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'

if [ ! -x "$tool" ]; then
  echo 'not installed'
  exit 0
fi
result=$("$tool" attribute summary 2>/dev/null) || result='unknown'
printf '%s\n' "$result"
exit 0

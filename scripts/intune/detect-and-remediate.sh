#!/bin/sh
# Intune shell script for Macs, run as root, once a day: restarts an agent that does not run. Intune has no
# pairs of detection and remediation for macOS, so this script calls both; they come with the package.
# docs/admin/pulling-with-intune.md
scripts='/Library/Application Support/PSSO Monitor/share/scripts/intune'

if [ ! -f "$scripts/detect.sh" ]; then
  echo 'PSSO Monitor: not installed'
  exit 1
fi
/bin/sh "$scripts/detect.sh" && exit 0
exec /bin/sh "$scripts/remediate.sh"

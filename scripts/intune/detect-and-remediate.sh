#!/bin/sh
# Intune shell script for Macs, run as root, once a day: starts the agent again where it is not at work. Intune has no pairs of detection
# and remediation for macOS, so this is the two in one; they come with the package.
# docs/admin/pulling-with-intune.md
scripts='/Library/Application Support/PSSO Monitor/share/scripts/intune'

if [ ! -f "$scripts/detect.sh" ]; then
  echo 'PSSO Monitor: not installed'
  exit 1
fi
/bin/sh "$scripts/detect.sh" && exit 0
exec /bin/sh "$scripts/remediate.sh"

#!/bin/sh
# Munki condition: goes to /usr/local/munki/conditions, owned by root, executable. Adds psso_monitor_* to Munki's ConditionalItems.plist and
# leaves the keys of other conditions alone. Prints nothing.
# docs/admin/pulling-with-munki.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'

# `defaults` does not look at what the MDM manages by itself; for Munki that comes first.
for preferences in '/Library/Managed Preferences/ManagedInstalls' /Library/Preferences/ManagedInstalls; do
  managed=$(/usr/bin/defaults read "$preferences" ManagedInstallDir 2>/dev/null) || managed=
  [ -z "$managed" ] || break
done
[ -n "$managed" ] || managed='/Library/Managed Installs'
# `defaults` adds the ending itself.
items="$managed/ConditionalItems"

tell() {
  value=not-installed
  if [ -x "$tool" ]; then
    value=$("$tool" attribute "$2" 2>/dev/null) || value=unknown
  fi
  /usr/bin/defaults write "$items" "$1" -string "$value"
}

tell psso_monitor_headline headline
tell psso_monitor_open_issues open-issues
tell psso_monitor_last_confirmed_good last-confirmed-good
tell psso_monitor_agent agent
# Munki reads the file itself, not through the preferences system.
/usr/bin/plutil -convert xml1 "$items.plist"
exit 0

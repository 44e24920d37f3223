#!/bin/sh
# Munki condition, for /usr/local/munki/conditions: owned by root, executable. Adds psso_monitor_* to Munki's
# ConditionalItems.plist, and does not change the keys of other conditions. Prints nothing.
# docs/admin/pulling-with-munki.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'

# `defaults` does not read managed preferences by itself; Munki prefers them.
for preferences in '/Library/Managed Preferences/ManagedInstalls' /Library/Preferences/ManagedInstalls; do
  managed=$(/usr/bin/defaults read "$preferences" ManagedInstallDir 2>/dev/null) || managed=
  [ -z "$managed" ] || break
done
[ -n "$managed" ] || managed='/Library/Managed Installs'
# `defaults` adds the ending .plist.
items="$managed/ConditionalItems"

add() {
  value=not-installed
  if [ -x "$tool" ]; then
    value=$("$tool" attribute "$2" 2>/dev/null) || value=unknown
  fi
  /usr/bin/defaults write "$items" "$1" -string "$value"
}

add psso_monitor_headline headline
add psso_monitor_open_issues open-issues
add psso_monitor_last_confirmed_good last-confirmed-good
add psso_monitor_agent agent
# Munki reads the file directly, not through the preferences system.
/usr/bin/plutil -convert xml1 "$items.plist"
exit 0

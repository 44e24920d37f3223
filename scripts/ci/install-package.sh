#!/bin/sh
# install-package.sh FOLDER LINE: installs the one package of a folder that this Mac takes: the universal one
# if it is there. LINE is install-starts-agent, pbzx-installs or upgrade-over-it. Where there is a window
# session, waits until the agent runs and is of that version.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

product='/Library/Application Support/PSSO Monitor'
label=io.github.psso-monitor.agent
uid=$(/usr/bin/id -u)
package=
for candidate in "$1"/*.pkg; do
  case $candidate in
    *-arm64.pkg | *-x86_64.pkg) [ -n "$package" ] || case $candidate in *"-$(/usr/bin/uname -m).pkg") package=$candidate ;; *) ;; esac ;;
    *) package=$candidate ;;
  esac
done
[ -n "$package" ] || {
  record "$2" failed 'there is a package for this Mac' "None in $1."
  exit 1
}
pid_before=$(/usr/bin/pgrep -u "$uid" -f 'psso-monitor.mjs run' || :)

/usr/sbin/installer -dominfo -pkg "$package"
# shellcheck disable=SC2024 # this user's file
if /usr/bin/sudo -n /usr/sbin/installer -pkg "$package" -target / -verbose >"$keep/installer.log" 2>&1; then
  record "$2" passed 'the Installer installs it' "${package##*/}"
else
  /bin/cat "$keep/installer.log"
  record "$2" failed 'the Installer installs it' 'See installer.log and install.log.'
  /usr/bin/tail -n 100 /var/log/install.log >"$keep/install.log"
  exit 1
fi
/usr/bin/grep 'PSSO Monitor:' /var/log/install.log >"$keep/install.log" || :

wanted=$("$product/bin/psso-monitor" version)
if ! /bin/launchctl print "gui/$uid" >/dev/null 2>&1; then
  record "$2" notPossibleHere 'the agent runs' 'There is no window session.'
  exit 0
fi
# The record of the run names its process and its version.
run="$HOME/Library/Application Support/PSSO Monitor/agent.json"
seconds=0
until [ "$seconds" -ge 60 ]; do
  pid=$(/usr/bin/pgrep -u "$uid" -f 'psso-monitor.mjs run' || :)
  if [ -n "$pid" ] && [ "$pid" != "$pid_before" ] && /usr/bin/grep -q "\"pid\": *${pid}[,}]" "$run" 2>/dev/null; then break; fi
  /bin/sleep 1
  seconds=$((seconds + 1))
done
version=$(/usr/bin/sed -n -E 's|.*"version": *"([^"]*)".*|\1|p' "$run" 2>/dev/null | /usr/bin/head -n 1)
case " $wanted " in
  *" $version "*)
    if [ "$seconds" -lt 60 ]; then
      record "$2" passed 'the agent runs, and is of that version' "$version, after $seconds s"
      exit 0
    fi
    ;;
  *) ;;
esac
/bin/launchctl print "gui/$uid/$label" >"$keep/launchctl-print-failed.txt" 2>&1 || :
record "$2" failed 'the agent runs, and is of that version' "Installed is $wanted; the agent's own record says \"$version\"."
exit 1

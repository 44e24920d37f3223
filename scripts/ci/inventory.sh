#!/bin/sh
# inventory.sh before|after: lists what a removal must not change. `after` fails when something new has the
# product's name.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

# The folders into which the package or the agent writes, the receipts, the jobs of launchd, and the
# processes.
inventory() {
  for folder in /Library/LaunchAgents /Library/LaunchDaemons '/Library/Application Support' /usr/local/bin \
    /usr/local/share/man/man1 "$HOME/Library/Application Support" "$HOME/Library/Logs" "$HOME/Library/LaunchAgents" \
    "$HOME/Library/Preferences" "$HOME/Library/Caches" /private/var/tmp /private/tmp; do
    [ ! -d "$folder" ] || /usr/bin/find "$folder" -maxdepth 1 -print 2>/dev/null || :
  done
  /usr/sbin/pkgutil --pkgs | /usr/bin/sed 's|^|receipt |'
  /bin/launchctl list | /usr/bin/awk '{ print "job " $3 }'
  /bin/ps -axo comm= | /usr/bin/sed 's|^|process |'
  # Elsewhere only names that contain the product's name. The tests of this run may have left some.
  /usr/bin/sudo -n /usr/bin/find /Library /Users /private /usr/local -xdev -iname '*psso?monitor*' -print 2>/dev/null || :
}

inventory | /usr/bin/sort -u >"$keep/inventory-$1.txt"
[ "$1" = after ] || exit 0

# macOS itself changes some of it; inventory-new.txt is for a person to read.
/usr/bin/comm -13 "$keep/inventory-before.txt" "$keep/inventory-after.txt" >"$keep/inventory-new.txt"
/usr/bin/grep -i -E 'psso.?monitor' "$keep/inventory-new.txt" | /usr/bin/grep -v -F "$PWD/" >"$keep/left.txt" || :
if [ ! -s "$keep/left.txt" ]; then
  record uninstall-leaves-nothing passed 'no new file, receipt, job or process bears our name' ''
else
  record uninstall-leaves-nothing failed 'no new file, receipt, job or process bears our name' "See left.txt, $(/usr/bin/grep -c . "$keep/left.txt") of them."
  exit 1
fi

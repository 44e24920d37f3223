#!/bin/sh
# For Self Service (Jamf Pro, Munki's Managed Software Centre, Company Portal), run as root: "Why can't I sign in?". Shows the person at this Mac
# how work sign-in is and what to do, by swiftDialog, or by osascript where that is missing. The second button puts a report for IT on the Desktop.
# docs/admin/pulling-with-swiftdialog.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'
dialog=/usr/local/bin/dialog

uid=$(/usr/bin/stat -f %u /dev/console)
if [ "${uid:-0}" -lt 500 ]; then
  echo 'PSSO Monitor: nobody is logged in'
  exit 1
fi
if [ ! -x "$tool" ]; then
  echo 'PSSO Monitor: not installed'
  exit 1
fi

# Everything is done as that person, who may read the own history and nobody else's.
as_user() {
  /bin/launchctl asuser "$uid" /usr/bin/sudo -H -u "#$uid" "$@"
}

if [ -x "$dialog" ]; then
  folder=$(as_user /usr/bin/mktemp -d /tmp/psso-monitor.XXXXXX) || exit 1
  # The shell that opens the file is the person's too: root writes nothing where others can put a link.
  # shellcheck disable=SC2016
  as_user /bin/sh -c '"$1" advice --as dialog > "$2/advice.json"' sh "$tool" "$folder"
  as_user "$dialog" --jsonfile "$folder/advice.json" --moveable
  chosen=$?
  as_user /bin/rm -rf "$folder"
else
  text=$(as_user "$tool" advice)
  # The text is an argument and never part of the script.
  as_user /usr/bin/osascript -e 'on run argv' -e 'display dialog (item 1 of argv) buttons {"OK"} default button 1' -e 'end run' "$text" >/dev/null
  chosen=0
fi

# swiftDialog's second button.
if [ "$chosen" -eq 2 ]; then
  name=psso-monitor-$(/bin/date +%Y-%m-%d-%H%M).zip
  # shellcheck disable=SC2016
  as_user /bin/sh -c '"$1" diagnose --yes --out "$HOME/Desktop/$2" && /usr/bin/open -R "$HOME/Desktop/$2"' sh "$tool" "$name"
fi
exit 0

#!/bin/sh
# Support App 3 extension (root3nl/SupportApp), run as its privileged script when the window opens: sets the
# value of the extension below to the state of Platform SSO for the console user, with a warning when there is
# a problem. Prints nothing.
# docs/admin/pulling-with-supportapp.md
# Without dots: Support App does not see a change of a key with a dot while its window is open.
extension=${PSSO_MONITOR_EXTENSION:-psso_monitor_status}
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'
preferences=/Library/Preferences/nl.root3.support.plist

uid=$(/usr/bin/stat -f %u /dev/console)
# The login window shows no Support App.
[ "${uid:-0}" -ge 500 ] || exit 0

/usr/bin/defaults write "$preferences" "${extension}_loading" -bool true
headline=none
if [ -x "$tool" ]; then
  # Run as that user, who must not see the state of other users.
  headline=$(/bin/launchctl asuser "$uid" /usr/bin/sudo -H -u "#$uid" "$tool" attribute headline 2>/dev/null) || headline=unknown
fi
alert=true
case $headline in
  ok) text='Works'; alert=false ;;
  exempt) text='Not needed'; alert=false ;;
  needs-attention) text='Needs attention' ;;
  not-registered) text='Not set up completely' ;;
  not-configured) text='Not set up'; alert=false ;;
  silent) text='Not checked lately' ;;
  none) text='Not checked yet'; alert=false ;;
  *) text='Not known' ;;
esac
/usr/bin/defaults write "$preferences" "$extension" -string "$text"
/usr/bin/defaults write "$preferences" "${extension}_alert" -bool "$alert"
/usr/bin/defaults write "$preferences" "${extension}_loading" -bool false
exit 0

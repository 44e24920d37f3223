#!/bin/sh
# Whether the console user's agent runs. Exit status 0 yes, 1 no; the line has the reason. Run as root.
# Changes nothing.
# docs/admin/pulling-with-intune.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'
launch_agent=/Library/LaunchAgents/io.github.psso-monitor.agent.plist
label=io.github.psso-monitor.agent

if [ ! -x "$tool" ] || [ ! -f "$launch_agent" ]; then
  echo 'PSSO Monitor: not installed'
  exit 1
fi
uid=$(/usr/bin/stat -f %u /dev/console)
# The login window and Setup Assistant have no agent.
if [ "${uid:-0}" -lt 500 ]; then
  echo 'PSSO Monitor: nobody is logged in'
  exit 0
fi
if ! /bin/launchctl print "gui/$uid/$label" >/dev/null 2>&1; then
  echo 'PSSO Monitor: the agent is not loaded'
  exit 1
fi
# Run as that user: root would get the state of all users, and a logged-out user has no agent.
agent=$(/bin/launchctl asuser "$uid" /usr/bin/sudo -H -u "#$uid" "$tool" attribute agent 2>/dev/null) || agent=unknown
echo "PSSO Monitor: the agent is ${agent:-unknown}"
[ "$agent" = running ]

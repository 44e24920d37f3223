#!/bin/sh
# Is the agent of the person at this Mac at work? Exit status 0 yes, 1 no; the line says why. Run as root. Changes nothing.
# docs/admin/pulling-with-intune.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'
launch_agent=/Library/LaunchAgents/io.github.psso-monitor.agent.plist
label=io.github.psso-monitor.agent

if [ ! -x "$tool" ] || [ ! -f "$launch_agent" ]; then
  echo 'PSSO Monitor: not installed'
  exit 1
fi
uid=$(/usr/bin/stat -f %u /dev/console)
# The login window, and Setup Assistant: nobody has an agent there.
if [ "${uid:-0}" -lt 500 ]; then
  echo 'PSSO Monitor: nobody is logged in'
  exit 0
fi
if ! /bin/launchctl print "gui/$uid/$label" >/dev/null 2>&1; then
  echo 'PSSO Monitor: the agent is not loaded'
  exit 1
fi
# Asked as that person: as root the answer would be about everybody, and who is logged out has no agent.
agent=$(/bin/launchctl asuser "$uid" /usr/bin/sudo -H -u "#$uid" "$tool" attribute agent 2>/dev/null) || agent=unknown
echo "PSSO Monitor: the agent is ${agent:-unknown}"
[ "$agent" = running ]

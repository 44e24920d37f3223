#!/bin/sh
# Restarts the console user's agent, and never changes Platform SSO. Exit status 0 started, 1 not.
# docs/admin/pulling-with-intune.md
launch_agent=/Library/LaunchAgents/io.github.psso-monitor.agent.plist
label=io.github.psso-monitor.agent

if [ ! -f "$launch_agent" ]; then
  echo 'PSSO Monitor: not installed; install the package'
  exit 1
fi
uid=$(/usr/bin/stat -f %u /dev/console)
if [ "${uid:-0}" -lt 500 ]; then
  echo 'PSSO Monitor: nobody is logged in'
  exit 0
fi
# Fails when the agent is loaded already; kickstart then restarts it. An agent that the user switched off
# stays off.
/bin/launchctl bootstrap "gui/$uid" "$launch_agent" >/dev/null 2>&1
if /bin/launchctl kickstart -k "gui/$uid/$label" >/dev/null 2>&1; then
  echo 'PSSO Monitor: the agent was started'
  exit 0
fi
echo 'PSSO Monitor: the agent could not be started; on this Mac, run psso-monitor doctor'
exit 1

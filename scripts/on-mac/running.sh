# shellcheck shell=sh
# --all: the agent under launchd: how it ends, that it comes back, what it uses. Ends it several times.

check_running() {
  domain="gui/$uid"
  if ! /bin/launchctl print "$domain/$label" >/dev/null 2>&1; then
    for one in ends-in-two-seconds restart-after-an-end bootout-has-finished memory-small wake-ups-few lives-in-background; do
      about "$one"
      cannot 'the agent under launchd' 'launchd does not have it here: no window session, or it is switched off.'
    done
    return 0
  fi
  check_end
  check_kill
  check_bootout
  check_use
  check_polls
}

# The process that launchd started, and no other command of this product.
agent_pid() {
  /usr/bin/pgrep -u "$uid" -f 'psso-monitor.mjs run' | /usr/bin/head -n 1
}

# wait_for_another PID SECONDS: sets `pid` to the new agent's, and `waited` to the seconds it took. Status 1:
# there is none.
wait_for_another() {
  waited=0
  while :; do
    pid=$(agent_pid)
    if [ -n "$pid" ] && [ "$pid" != "$1" ]; then return 0; fi
    [ "$waited" -lt "$2" ] || return 1
    /bin/sleep 1
    waited=$((waited + 1))
  done
}

# launchd's ThrottleInterval is 60 s from one start to the next.
comes_back() {
  about restart-after-an-end
  if wait_for_another "$1" 90; then
    at_most "launchd starts the agent again after $2" 'No agent runs in the meantime.' 70 s "$waited"
  else
    failed "launchd starts the agent again after $2" 'It did not within 90 s.'
  fi
}

# Whether the kind of event is among the last ones, after some seconds at most.
recorded() {
  tries=0
  until "$psso" events --last 10 --json 2>/dev/null | /usr/bin/grep -q "\"$1\""; do
    [ "$tries" -lt 15 ] || return 1
    /bin/sleep 1
    tries=$((tries + 1))
  done
}

check_end() {
  about ends-in-two-seconds
  pid=$(agent_pid)
  if [ -z "$pid" ]; then
    failed 'the agent runs' "launchd has it, and it does not run. See why: tail ~/Library/Logs/'PSSO Monitor'/agent.log"
    return 0
  fi
  took=$(measure ended "$pid" SIGTERM)
  at_most 'it stops cleanly after SIGTERM' 'launchd kills it after ten, and a shutdown waits for it.' 2000 ms "$took"
  if recorded agent-stopped; then
    pass 'it recorded its end'
  else
    failed 'it recorded its end' 'See: psso-monitor events --last 4'
  fi
  comes_back "$pid" SIGTERM
}

# Waits until the agent has begun its run record, so that its death is not one before the start.
wait_for_run_record() {
  tries=0
  until /usr/bin/grep -q "\"pid\": *${pid}[,}]" "$HOME/Library/Application Support/PSSO Monitor/agent.json" 2>/dev/null; do
    [ "$tries" -lt 60 ] || return 1
    /bin/sleep 1
    tries=$((tries + 1))
  done
}

check_kill() {
  [ -n "$pid" ] || return 0
  wait_for_run_record || {
    failed 'the new agent begins its run record' 'See: psso-monitor doctor'
    return 0
  }
  killed=$pid
  measure ended "$killed" SIGKILL >/dev/null
  comes_back "$killed" 'kill -9'
  if recorded agent-crashed; then
    pass 'the next one recorded that'
  else
    failed 'the next one recorded that' 'See: psso-monitor events --last 4'
  fi
}

check_bootout() {
  about bootout-has-finished
  before=$(agent_pid)
  /bin/launchctl bootout "$domain/$label" 2>/dev/null
  seconds=0
  while /bin/launchctl print "$domain/$label" >/dev/null 2>&1 && [ "$seconds" -lt 15 ]; do
    /bin/sleep 1
    seconds=$((seconds + 1))
  done
  left=$(agent_pid)
  if [ "$seconds" -ge 15 ]; then
    failed 'bootout ends the agent' 'launchd still has it after 15 s.'
  elif [ -n "$left" ] && [ "$left" = "$before" ]; then
    failed 'the agent is gone once launchctl print fails' 'An upgrade would start a second one beside it.'
  else
    pass 'the agent is gone once launchctl print fails' "after $seconds s"
  fi
  about launchd-takes-agent
  check 'bootstrap starts it again' 'An upgrade would leave this user without an agent until the next login.' \
    /bin/launchctl bootstrap "$domain" "$launch_agent" || :
  wait_for_another "$before" 90 || failed 'the agent runs after bootstrap' 'It did not start within 90 s.'
}

check_use() {
  [ -n "$pid" ] || return 0
  about memory-small
  kilobytes=$(/bin/ps -o rss= -p "$pid" | /usr/bin/tr -d ' ')
  at_most 'its resident memory' 'The agent restarts itself from 200 MB on.' 200000 kB "$kilobytes"
  if [ -x /usr/bin/footprint ]; then
    pass 'its footprint' "$(/usr/bin/footprint -p "$pid" 2>/dev/null | /usr/bin/sed -n 's|.*phys_footprint: *||p' | /usr/bin/head -n 1)"
  fi
  about wake-ups-few
  if [ "$root" = no ]; then
    cannot 'its wake-ups in ten seconds' 'It needs root, and sudo asks for a password here.'
    return 0
  fi
  # Since its start it has polled; what follows is quiet.
  /bin/sleep 20
  wakes=$(as_root /usr/bin/powermetrics --samplers tasks -n 1 -i 10000 2>/dev/null |
    /usr/bin/awk -v pid="$pid" '$2 == pid || $3 == pid { print int($(NF - 1) * 10 + 0.5); exit }')
  if [ -z "$wakes" ]; then
    cannot 'its wake-ups in ten seconds' 'powermetrics does not name it here; in a virtual machine it may not work at all.'
  else
    at_most 'its wake-ups in ten seconds' 'Between two polls nothing should wake it.' 10 wake-ups "$wakes"
  fi
}

# When it last polled; the modification time of this file says so.
last_poll() {
  /usr/bin/stat -f %m "$HOME/Library/Application Support/PSSO Monitor/agent.json" 2>/dev/null
}

# After its start it polls at once; the next time is what counts.
check_polls() {
  about lives-in-background
  [ -n "$pid" ] || return 0
  polled=$(last_poll)
  waited=0
  while [ "$(last_poll)" = "$polled" ] && [ "$waited" -lt 420 ]; do
    /bin/sleep 5
    waited=$((waited + 5))
  done
  at_most 'it polls again at its interval' 'Five minutes are the default, and half a minute more is allowed.' 360 s "$waited"
  if [ "$(agent_pid)" = "$pid" ]; then
    pass 'it is still the same process'
  else
    failed 'it is still the same process' 'It ended meanwhile. See: psso-monitor events --last 4'
  fi
}

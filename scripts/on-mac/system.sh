# shellcheck shell=sh
# --all: what the product assumes about macOS, and its own commands there. The agent is not touched.

psso="$folder/bin/psso-monitor"

measure() {
  "$(node_below "$folder")" "$here/on-mac/measure.mjs" "$@"
}

check_system() {
  uid=$(/usr/bin/id -u)
  check_sources
  check_standard_user
  check_accounts
  check_session_list
  check_launchd_words
  check_root_commands
  check_untrusted_history
  check_own_commands
  check_shells
  about background-timer
  if [ -x /usr/sbin/taskpolicy ]; then
    latest=$(/usr/sbin/taskpolicy -b "$(node_below "$folder")" "$here/on-mac/measure.mjs" timers 3 20)
    at_most 'three timers of 20 s in the background are not late' 'The agent would poll later than it says.' 30000 ms "$latest"
  else
    cannot 'three timers of 20 s in the background are not late' '/usr/sbin/taskpolicy is not on this Mac.'
  fi
}

check_sources() {
  about sources-read
  "$psso" once --json --data-dir "$work/once" >"$work/once.json" 2>/dev/null
  if answered=$(measure sources "$work/once.json" 2>/dev/null); then
    pass 'every source answers, or is not there' "$answered"
  else
    failed 'every source answers, or is not there' "A command ended in a way that it should not: $answered"
  fi
  about boot-sleep-wake-times
  case $answered in
    *'power ok'*) pass 'the times of start, sleep and wake are understood' ;;
    *) failed 'the times of start, sleep and wake are understood' 'Report it, with: sysctl kern.boottime kern.sleeptime kern.waketime' ;;
  esac
  booted=$(/usr/sbin/sysctl -n kern.boottime | /usr/bin/sed 's|^{ sec = \([0-9]*\),.*|\1|')
  at_most 'the start of the Mac lies in the past' 'kern.boottime is no time of the wall clock.' "$(/bin/date +%s)" 's' "$booted"
  about session-line-whole
  bytes=$(/usr/sbin/ioreg -n Root -d1 -w 4096 | /usr/bin/wc -c | /usr/bin/tr -d ' ')
  at_most 'its answer is short' 'Each poll reads all of it.' 16000 bytes "$bytes"
}

# What the agent asks, as a user who is no administrator.
check_standard_user() {
  about account-record-readable
  check_as_standard_user "a standard user's own record can be read" 'It takes rights that most users do not have.' \
    /usr/bin/dscl -plist . -read "/Users/${standard:-$user}" accountPolicyData || :
  about password-policy-readable
  check_as_standard_user 'a standard user reads the password policy' 'It takes rights that most users do not have.' \
    /usr/bin/pwpolicy -getaccountpolicies || :
  about enrollment-without-rights
  check_as_standard_user 'a standard user reads the enrolment' 'It takes rights that most users do not have.' \
    /usr/bin/profiles status -type enrollment || :
  about names-without-prompt
  check_as_standard_user "a standard user reads the computer's name" 'It takes rights that most users do not have.' \
    /usr/sbin/scutil --get ComputerName || :
  check_as_standard_user 'a standard user reads the own full name' 'It takes rights that most users do not have.' \
    /usr/bin/dscl -plist . -read "/Users/${standard:-$user}" RealName || :
}

neither_service_nor_person() {
  while read -r name number; do
    case $name:$number in
      _*:* | root:0 | daemon:1 | nobody:*) ;;
      *) [ "$number" -ge 400 ] || printf '%s' "$indent$number" ;;
    esac
  done
}

check_accounts() {
  about account-numbers
  strange=$(/usr/bin/dscl . -list /Users UniqueID | neither_service_nor_person)
  expect "only macOS's services have other names and numbers" 'uninstall.sh would take one for a person.' "$strange"
  about home-with-a-space
  if [ -z "$standard" ]; then
    cannot 'dscl puts it on the next line' 'It needs --standard-user, with a space in the home folder.'
    return 0
  fi
  answer=$(/usr/bin/dscl . -read "/Users/$standard" NFSHomeDirectory)
  case $answer in
    "NFSHomeDirectory:$newline "/*' '*) pass 'dscl puts it on the next line' ;;
    *' '*' '*) failed 'dscl puts it on the next line' 'uninstall.sh would not find the records of such a user.' ;;
    *) cannot 'dscl puts it on the next line' 'The home folder of --standard-user has no space in it.' ;;
  esac
}

check_session_list() {
  about process-list-paths
  printed=$(/bin/ps -axo uid=,comm=)
  case $printed in
    *"$uid "*/Finder.app/Contents/MacOS/Finder* | *"$uid "*/Dock.app/Contents/MacOS/Dock*)
      pass "ps prints the path of this user's Finder or Dock"
      ;;
    *) cannot "ps prints the path of this user's Finder or Dock" 'Neither runs: this user has no window session.' ;;
  esac
  about no-session-no-domain
  if [ "$root" = no ]; then
    cannot 'launchctl print gui/599 fails' 'It needs root, and sudo asks for a password here.'
  elif as_root /bin/launchctl print gui/599 >/dev/null 2>&1; then
    failed 'launchctl print gui/599 fails' 'The installer would take a user without a session for one with.'
  else
    pass 'launchctl print gui/599 fails'
  fi
}

check_launchd_words() {
  about disabled-words
  domain="gui/$uid"
  if ! /bin/launchctl print "$domain/$label" >/dev/null 2>&1; then
    cannot 'print-disabled says "=> disabled"' 'launchd does not have the agent here.'
    return 0
  fi
  /bin/launchctl disable "$domain/$label"
  printed=$(/bin/launchctl print-disabled "$domain")
  /bin/launchctl enable "$domain/$label"
  holds 'print-disabled says "=> disabled"' 'An upgrade would start an agent that its user switched off.' "\"$label\" => disabled"
}

check_root_commands() {
  about access-lists
  check_as_root 'chmod -R -N succeeds where there is no access list' 'Every installation would fail.' \
    /bin/chmod -R -N "$folder" || :
  about sudo-keeps-home
  if [ "$root" = no ]; then
    cannot 'root is refused to write there' 'It needs root, and sudo asks for a password here.'
  else
    as_root "$psso" once >/dev/null 2>&1
    refused=$?
    if [ "$refused" = 2 ]; then
      pass 'root is refused to write there' 'exit status 2'
    else
      failed 'root is refused to write there' "sudo psso-monitor once ended with status $refused instead of 2."
    fi
  fi
  about asuser-finds-data
  if [ "$root" = no ]; then
    cannot 'an MDM finds the data of the user' 'It needs root, and sudo asks for a password here.'
  else
    printed=$(as_root /bin/launchctl asuser "$uid" /usr/bin/sudo -n -H -u "#$uid" "$psso" status --json 2>&1)
    holds 'an MDM finds the data of the user' 'See: the command in docs/admin/diagnose.md' '"headline"'
  fi
  about root-gives-up-rights
  histories="$work/histories"
  if check_as_root_any_status 'the history of this user is read' "$psso" export --all-users --format sqlite --out "$histories"; then
    if as_root /bin/test -f "$histories/${HOME##*/}.db"; then
      pass 'the history of this user is read'
    else
      failed 'the history of this user is read' 'See: sudo psso-monitor export --all-users --format sqlite --out /tmp/histories'
    fi
    about home-is-real-path
    case $printed in
      *"${HOME##*/}: skipped"*'symbolic link'*) failed 'no folder above it is taken for a link' 'A home in /Users is behind a link.' ;;
      *) pass 'no folder above it is taken for a link' ;;
    esac
    as_root /bin/rm -rf "$histories"
  fi
  check_log_config
}

# Leaves the output in `printed`, with any exit status: one history that can't be read is no failure of
# another.
check_as_root_any_status() {
  if [ "$root" = no ]; then
    cannot "$1" 'It needs root, and sudo asks for a password here.'
    return 1
  fi
  shift
  printed=$(as_root "$@" 2>&1)
  return 0
}

check_log_config() {
  about log-config
  check_as_root 'detailed logging is turned on' 'psso-monitor diagnose prints this command.' \
    /usr/bin/log config --mode 'level:debug,persist:debug' --subsystem com.apple.AppSSO || return 0
  check_as_root 'its state can be asked for' 'It can not be seen whether logging is detailed.' \
    /usr/bin/log config --status --subsystem com.apple.AppSSO || :
  check_as_root 'it is turned off again' 'psso-monitor diagnose prints this command.' \
    /usr/bin/log config --reset --subsystem com.apple.AppSSO || :
}

# Only in the home of the test user: what a user could put in the place of the history.
check_untrusted_history() {
  about hostile-history-refused
  if [ "$root" = no ] || [ -z "$standard" ] || [ "$standard" = "$user" ]; then
    cannot 'a link and a FIFO are refused' 'It needs --standard-user, made for this test, and sudo without a password.'
    return 0
  fi
  # A history is named after its home folder.
  answer=$(/usr/bin/dscl . -read "/Users/$standard" NFSHomeDirectory)
  whose=${answer##*/}
  for kind in link fifo; do
    # shellcheck disable=SC2016 # the test user's own shell expands it
    as_root /usr/bin/sudo -n -H -u "$standard" /bin/sh -c '
      record="$HOME/Library/Application Support/PSSO Monitor"
      /bin/mkdir -p "$record" && /bin/rm -f "$record/events.db" || exit 1
      if [ "$1" = link ]; then /bin/ln -s /etc/master.passwd "$record/events.db"; else /usr/bin/mkfifo "$record/events.db"; fi
    ' sh "$kind"
    printed=$(as_root "$psso" export --all-users --view state 2>&1 >/dev/null)
    if [ "$kind" = link ]; then why='it is a symbolic link'; else why='it is not a file'; fi
    holds "a $kind is refused" 'Root would read any file that a user names.' "$whose: skipped: it could not be read ($why)"
  done
  # shellcheck disable=SC2016
  as_root /usr/bin/sudo -n -H -u "$standard" /bin/sh -c '/bin/rm -rf "$HOME/Library/Application Support/PSSO Monitor"'
}

check_own_commands() {
  about plistbuddy-reads-state
  check 'PlistBuddy reads state.plist' 'Support App and Jamf scripts may read it so.' \
    /usr/libexec/PlistBuddy -c Print "$HOME/Library/Application Support/PSSO Monitor/state.plist" || :
  about plutil-extract
  printf '{"button2text": "Report"}\n' >"$work/advice.json"
  if [ "$(/usr/bin/plutil -extract button2text raw -o - "$work/advice.json" 2>/dev/null)" = Report ]; then
    pass 'it reads a text out of JSON'
  else
    failed 'it reads a text out of JSON' 'why_cant_i_sign_in.sh would have no second button.'
  fi
  if /usr/bin/plutil -extract button3text raw -o - "$work/advice.json" >/dev/null 2>&1; then
    failed 'it fails where the key is missing' 'why_cant_i_sign_in.sh would show a button with an error for a name.'
  else
    pass 'it fails where the key is missing'
  fi
  about capture-unconfigured
  "$psso" capture --redact --out "$work/capture.ndjson" --json >"$work/captured.json" 2>/dev/null
  case $(/usr/bin/tr -d ' \n' <"$work/captured.json") in
    *'"unrecognisedFields":0'*)
      case $(/usr/bin/app-sso platform -s 2>/dev/null) in
        *'"registrationCompleted"'*) about capture-registered ;;
        *) ;;
      esac
      pass 'a capture knows all fields'
      ;;
    '{'*) failed 'a capture knows all fields' 'Report it: psso-monitor capture --redact --out x.ndjson --json' ;;
    *) failed 'a capture is made' 'See: psso-monitor capture --redact' ;;
  esac
}

check_shells() {
  about manual-page
  case $(PATH="$PATH:/usr/local/bin" /usr/bin/man psso-monitor 2>/dev/null | /usr/bin/tr -d '\010') in
    *SYNOPSIS* | *SSYYNNOOPPSSIISS*) pass 'man shows the page' ;;
    *) failed 'man shows the page' 'See: man psso-monitor. Is /usr/local/share/man/man1 there?' ;;
  esac
  about bash-completion
  "$psso" completion bash >"$work/completion.bash"
  printed=$(/bin/bash --norc --noprofile "$here/on-mac/complete.bash" "$work/completion.bash" 2>&1)
  holds "it completes in this Mac's bash (${printed%% *})" 'See: psso-monitor completion bash' registration-lost
  about zsh-completion
  "$psso" completion zsh >"$work/completion.zsh"
  # shellcheck disable=SC2016 # zsh expands it
  printed=$(/bin/zsh -f -c 'autoload -Uz compinit && compinit -u -d "$2"; source "$1"; print -r -- "${_comps[psso-monitor]}"' \
    zsh "$work/completion.zsh" "$work/zcompdump" 2>&1)
  holds "it is registered in this Mac's zsh" 'See: psso-monitor completion zsh' _psso
}

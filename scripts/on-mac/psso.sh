# shellcheck shell=sh
# --psso: the checks that need a Mac that is registered with Platform SSO. A person acts and answers; values
# are measured where possible. It takes ten minutes, or fifteen with a change of the password.

check_with_person() {
  if [ "$(/usr/bin/id -u)" = 0 ]; then wrong '--psso is for the user whose agent it is, without sudo.'; fi
  uid=$(/usr/bin/id -u)
  step=0
  know_this_mac
  printf '%s\n' "Have ready: a Mac that is registered, the agent installed, this window in the user's session." \
    'Answer y (yes), n (no), or s (skip: it can not be tried here).' ''
  check_registration
  first_answer
  ask_notification
  ask_keychain
  ask_locked
  ask_asleep
  ask_offline
  ask_login_items
  ask_root
  ask_pages
  second_answer
  ask_password
}

# do_it WORDS: the person does it, then presses Return. s skips it: status 1.
do_it() {
  step=$((step + 1))
  printf '\n%s. %s\n   Return when it is done, s to skip: ' "$step" "$1"
  IFS= read -r said || said=s
  printf '\n'
  [ "$said" != s ]
}

# asked WHAT QUESTION: passes with y, fails with n.
asked() {
  printf '   %s (y/n/s) ' "$2"
  IFS= read -r said || said=s
  printf '\n'
  case $said in
    y* | Y*) pass "$1" 'seen by a person' ;;
    n* | N*) failed "$1" 'A person saw something else.' ;;
    *) skipped "$1" ;;
  esac
}

skipped() {
  cannot "$1" 'The person skipped it.'
}

app_sso() {
  /usr/bin/app-sso platform -s
}

check_registration() {
  about app-sso-registered-understood
  check_app_sso
  case $printed in
    *'"registrationCompleted"'*) ;;
    *)
      about app-sso-registered-understood
      cannot 'this Mac is registered' 'app-sso prints no device section. The rest is of little use here.'
      ;;
  esac
  about app-sso-indentation
  if [ "$(app_sso | /usr/bin/grep -c '^ ')" -gt 5 ]; then
    pass 'the lines of the bodies begin with a blank'
  else
    failed 'the lines of the bodies begin with a blank' 'Report it, with: psso-monitor capture --redact'
  fi
  about password-policy-with-payload
  if check 'pwpolicy answers' "The agent can't compare it with the provider's." /usr/bin/pwpolicy -getaccountpolicies; then
    understood 'and is understood' password-policy "\"unknownRules\": [$newline"
  fi
  about sso-profile-readable
  check 'the profile is a property list that this user reads' 'The agent leaves it out.' \
    /usr/bin/plutil -lint '/Library/Managed Preferences/com.apple.extensiblesso.plist' || :
  about focus-without-access
  if /bin/cat "$HOME/Library/DoNotDisturb/DB/Assertions.json" >/dev/null 2>&1; then
    pass 'Focus can be read or fails silently' 'this Terminal may read it'
  else
    asked 'Focus can be read or fails silently' 'A file was just refused. Did no dialog appear?'
  fi
  check_redaction
}

check_redaction() {
  about capture-registered
  "$psso" capture --redact --out "$work/mac.ndjson" --json >"$work/captured.json" 2>/dev/null
  case $(/usr/bin/tr -d ' \n' <"$work/captured.json") in
    *'"unrecognisedFields":0'*) pass 'the capture knows all fields' ;;
    *) failed 'the capture knows all fields' 'Report it: psso-monitor capture --redact --out x.ndjson --json' ;;
  esac
  about capture-judged-the-same
  measure captured "$work/mac.ndjson" >"$work/redacted.txt" 2>/dev/null
  "$psso" parse app-sso "$work/redacted.txt" 2>/dev/null | states >"$work/after"
  app_sso | "$psso" parse app-sso - 2>/dev/null | states >"$work/before"
  if [ -s "$work/before" ] && /usr/bin/cmp -s "$work/before" "$work/after"; then
    pass 'states and methods are the same before and after'
  else
    failed 'states and methods are the same before and after' 'Report it: psso-monitor capture --redact'
  fi
}

states() {
  /usr/bin/grep -E '"(status|state|stateLabel|method|registrationCompleted|expired)":'
}

first_answer() {
  app_sso >"$work/first"
  first_at=$(/bin/date +%s)
}

# Five minutes after the first, and before a new password changes more than times.
second_answer() {
  about app-sso-two-answers
  left=$((first_at + 300 - $(/bin/date +%s)))
  if [ "$left" -gt 0 ]; then
    printf '\nThe next check needs %s more seconds.\n' "$left"
    /bin/sleep "$left"
  fi
  app_sso >"$work/second"
  differing=$(/usr/bin/diff "$work/first" "$work/second" | /usr/bin/grep '^[<>]' |
    /usr/bin/grep -v -E '^. *"?(Time|created|lastLoginDate|receivedDateTime|expirationDateTime|Received|Expiration)"? *:')
  if [ -z "$differing" ]; then
    pass 'they differ in their times only'
  else
    failed 'they differ in their times only' "$(printf '%s\n' "$differing" | /usr/bin/grep -c .) lines differ. A short poll costs more than it could."
  fi
}

ask_notification() {
  about notification-appears
  if do_it 'A test notification comes when you press Return. Watch the upper right of the screen.'; then
    "$psso" notify --test >/dev/null 2>&1
    asked 'it appears' 'Did it appear?'
  else
    skipped 'it appears'
  fi
  about osascript-dialog
  script="$folder/share/scripts/swiftdialog/why_cant_i_sign_in.sh"
  if do_it 'A dialog with advice comes when you press Return, by swiftDialog if it is installed. Close it with its first button.'; then
    if /bin/sh "$script" >/dev/null 2>&1; then
      asked 'it explains and closes' 'Did you understand it, and did it close?'
    else
      failed 'it explains and closes' 'why_cant_i_sign_in.sh failed.'
    fi
  else
    skipped 'it explains and closes'
  fi
}

ask_keychain() {
  about keychain-without-dialog
  if do_it 'The agent reads everything once when you press Return, the keychain included. Watch for dialogs.'; then
    "$psso" once --data-dir "$work/once" >/dev/null 2>&1
    asked 'no dialog appears' 'Did NO dialog appear?'
  else
    skipped 'no dialog appears'
  fi
}

ask_locked() {
  about locked-screen-seen
  if do_it 'Press Return, lock the screen within five seconds (Control-Command-Q), and unlock it after twenty.'; then
    locked=no tries=0
    while [ "$tries" -lt 25 ]; do
      case $(/usr/sbin/ioreg -n Root -d1 -w 4096) in *'"CGSSessionScreenIsLocked"=Yes'* | *'"CGSSessionScreenIsLocked"=1'*) locked=yes ;; *) ;; esac
      /bin/sleep 1
      tries=$((tries + 1))
    done
    if [ "$locked" = yes ]; then
      pass 'ioreg says that it is locked'
    else
      failed 'ioreg says that it is locked' 'Report it, with the line IOConsoleUsers of: ioreg -n Root -d1 -w 4096'
    fi
  else
    skipped 'ioreg says that it is locked'
  fi
}

ask_asleep() {
  woke=$(/usr/sbin/sysctl -n kern.waketime)
  about monotonic-counts-sleep
  if do_it 'Press Return, send the Mac to sleep within ten seconds (Apple menu), and wake it after a minute.'; then
    drift=$(measure clocks 80)
    at_most 'it keeps step with the wall clock through sleep' 'The agent would take time asleep for time awake.' 2000 ms "$drift"
    about wake-time-moves
    if [ "$(/usr/sbin/sysctl -n kern.waketime)" != "$woke" ]; then
      pass 'it is another one after the wake'
    else
      failed 'it is another one after the wake' 'Did it really sleep? See: pmset -g log | grep -E "Sleep|Wake"'
    fi
  else
    skipped 'it keeps step with the wall clock through sleep'
    about wake-time-moves
    skipped 'it is another one after the wake'
  fi
}

ask_offline() {
  about network-offline
  if do_it 'Turn Wi-Fi off, unplug the network, and press Return.'; then
    case $(/usr/sbin/scutil --nwi) in
      *'(Reachable'*) failed 'scutil says nothing of a network that is reachable' 'Is another network still up, or a VPN?' ;;
      *) pass 'scutil says nothing of a network that is reachable' ;;
    esac
    do_it 'Turn the network on again.' || :
  else
    skipped 'scutil says nothing of a network that is reachable'
  fi
}

ask_login_items() {
  about disabled-in-login-items
  if do_it 'Switch the agent off in System Settings > General > Login Items (skip it if your organisation manages it).'; then
    printed=$(/bin/launchctl print-disabled "gui/$uid")
    holds 'print-disabled says "=> disabled"' 'An upgrade would start an agent that its user switched off.' "\"$label\" => disabled"
    do_it 'Switch it on again.' || :
  else
    skipped 'print-disabled says "=> disabled"'
  fi
}

ask_root() {
  about root-reads-homes
  if do_it 'sudo asks for your password: root reads the history of every user (skip it if you may not).'; then
    if /usr/bin/sudo "$psso" export --all-users --view state 2>/dev/null | /usr/bin/grep -q "$user"; then
      pass 'root reads the history of this user'
    else
      failed 'root reads the history of this user' 'Terminal may need Full Disk Access for it. See: sudo psso-monitor export --all-users --view state'
    fi
  else
    skipped 'root reads the history of this user'
  fi
}

ask_pages() {
  about report-in-safari
  if do_it 'A report opens in Safari when you press Return. Look at it in light and dark appearance, and at File > Print.'; then
    "$psso" report --out "$work/report.html" >/dev/null 2>&1 && /usr/bin/open -a Safari "$work/report.html"
    asked 'it is complete and readable, and prints' 'Is it complete and readable in both, and on paper?'
  else
    skipped 'it is complete and readable, and prints'
  fi
}

# Last, since it needs the person's password. Each part has a separate line.
ask_password() {
  record="$HOME/Library/Keychains/login.keychain-db"
  if ! do_it 'Change your password at your identity provider, then wait until the Mac asks for it (lock and unlock). Leave the prompt open and press Return.'; then
    for one in state-while-prompt-is-open refused-password-changes-nothing sync-moves-password-time password-writes-keychain; do
      about "$one"
      skipped 'a change of the password'
    done
    return 0
  fi
  before=$(app_sso)
  about state-while-prompt-is-open
  if [ "$(printf '%s\n' "$before" | "$psso" parse app-sso - | /usr/bin/sed -n -E 's|^ *"state": ([0-9]+),?$|\1|p' | /usr/bin/head -n 1)" = 1 ]; then
    pass 'state is 1'
  else
    failed 'state is 1' 'Report it, with: psso-monitor capture --redact'
  fi
  set_before=$("$psso" once --json --data-dir "$work/once" | password_time)
  keychain_before=$(/usr/bin/stat -f %m "$record" 2>/dev/null)
  received_before=$(received "$before")
  about refused-password-changes-nothing
  if do_it 'Type a WRONG password at the prompt, see it refused, and press Return here.'; then
    if [ "$(received "$(app_sso)")" = "$received_before" ]; then
      pass 'the tokens are the same'
    else
      failed 'the tokens are the same' 'A refused password would look like a refresh.'
    fi
  else
    skipped 'the tokens are the same'
  fi
  about sync-moves-password-time
  if do_it 'Type the new password at the prompt, see it taken, wait a minute, and press Return here.'; then
    if [ "$(received "$(app_sso)")" != "$received_before" ]; then
      pass 'the tokens are newer'
    else
      failed 'the tokens are newer' 'Report it, with: psso-monitor capture --redact'
    fi
    if [ "$("$psso" once --json --data-dir "$work/once" | password_time)" != "$set_before" ]; then
      pass 'the time when the password was set has moved'
    else
      failed 'the time when the password was set has moved' 'A sync would never be recorded as password-synced.'
    fi
    about password-writes-keychain
    if [ "$(/usr/bin/stat -f %m "$record" 2>/dev/null)" != "$keychain_before" ]; then
      pass 'login.keychain-db was written'
    else
      failed 'login.keychain-db was written' 'A change is noticed within an hour only.'
    fi
  else
    skipped 'the tokens are newer'
    about password-writes-keychain
    skipped 'login.keychain-db was written'
  fi
}

received() {
  printf '%s\n' "$1" | "$psso" parse app-sso - | /usr/bin/sed -n -E 's|^ *"receivedAt": "([^"]*)".*|\1|p' | /usr/bin/head -n 1
}

password_time() {
  /usr/bin/sed -n -E 's|^ *"passwordLastSetAt": "([^"]*)".*|\1|p' | /usr/bin/head -n 1
}

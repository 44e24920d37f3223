# shellcheck shell=sh
# What the agent asks macOS, as a user without rights.

check_answers() {
  check_app_sso
  check_account
  about enrollment-without-rights
  check 'enrolment can be asked for (profiles)' 'The agent leaves it out.' /usr/bin/profiles status -type enrollment
  about boot-sleep-wake-times
  check 'sleep and wake can be asked for (sysctl)' 'Time asleep would be taken for time awake.' \
    /usr/sbin/sysctl kern.boottime kern.sleeptime kern.waketime
  about boot-session-readable
  check 'this start of the Mac has a number (sysctl)' 'The agent cannot read power, or sees no clock set between runs.' \
    /usr/sbin/sysctl -n kern.bootsessionuuid
  about network-online
  check 'the network can be asked for (scutil)' 'The agent would not know when the Mac is offline.' /usr/sbin/scutil --nwi &&
    holds 'the network is seen as online' 'It is seen as offline. If it is not, report it: scutil --nwi' '(Reachable' cannot
  about session-line-whole
  if check 'the session can be asked for (ioreg)' 'The agent would not know when the screen is locked.' \
    /usr/sbin/ioreg -n Root -d1 -w 4096; then
    printed=$(printf '%s\n' "$printed" | /usr/bin/grep 'IOConsoleUsers.*})$')
    holds 'the session is seen' 'The agent asks a second time, without -w. Report it: ioreg -n Root -d1 -w 4096' IOConsoleUsers
  fi
  about sso-profile-readable
  profile='/Library/Managed Preferences/com.apple.extensiblesso.plist'
  if [ -e "$profile" ]; then
    check 'the Platform SSO profile can be read' 'The agent leaves it out.' /usr/bin/plutil -lint "$profile"
  else
    cannot 'the Platform SSO profile can be read' "$profile is not there: this Mac has no such profile."
  fi
}

check_app_sso() {
  about app-sso-answers
  begun=$(/bin/date +%s)
  check 'app-sso answers' 'The agent can only say "unknown". See: app-sso platform -s' /usr/bin/app-sso platform -s || return 0
  took=$(($(/bin/date +%s) - begun))
  [ "$took" -gt 10 ] || took=
  expect 'app-sso answers within 10 s' 'The agent waits no longer than that.' "${took:+ $took s}"
  case $printed in
    *'"registrationCompleted"'*) about app-sso-registered-understood ;;
    *) about app-sso-unconfigured-understood ;;
  esac
  understood "app-sso's answer is understood" app-sso '"status": "unknown"'
}

check_account() {
  about account-record-readable
  if check "this user's own record can be read (dscl)" "The agent can't tell when the password was last set." \
    /usr/bin/dscl -plist . -read "/Users/$(/usr/bin/id -un)" accountPolicyData AltSecurityIdentities \
    AuthenticationAuthority; then
    understood 'it says when the password was last set' account '"passwordLastSetAt": null'
  fi
  about password-policy-readable
  if check 'the password policy can be read (pwpolicy)' "The agent can't compare it with the provider's." \
    /usr/bin/pwpolicy -getaccountpolicies; then
    understood 'the password policy is understood' password-policy "\"unknownRules\": [$newline"
  fi
}

# understood WHAT PARSER UNKNOWN: passes when the product's parser reads what `check` has left, and does not
# say UNKNOWN.
understood() {
  parsed=$(printf '%s\n' "$printed" | "$folder/bin/psso-monitor" parse "$2" - 2>&1)
  case $parsed in
    *"$3"*) failed "$1" "Report it, with: $asked | psso-monitor parse $2" ;;
    '{'*) pass "$1" ;;
    *) cannot "$1" "The command does not start: '$folder/bin/psso-monitor' version" ;;
  esac
}

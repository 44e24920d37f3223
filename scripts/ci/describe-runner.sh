#!/bin/sh
# The first step on a Mac: what this runner is. Without a window session no agent runs; that is a
# separate result, and no failure.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

uid=$(/usr/bin/id -u)
# what COMMAND…: its answer, or that it has none.
what() {
  printf '%s: %s\n' "$1" "$(shift && "$@" 2>&1 || printf '(exit status %s)' "$?")"
}
{
  what macOS /usr/bin/sw_vers -productVersion
  what build /usr/bin/sw_vers -buildVersion
  what model /usr/sbin/sysctl -n hw.model
  what processor /usr/bin/uname -m
  what virtual /usr/sbin/sysctl -n kern.hv_vmm_present
  what 'integrity protection' /usr/bin/csrutil status
  what 'kind of session' /bin/launchctl managername
  what 'user at the console' /usr/bin/stat -f %Su /dev/console
  # shellcheck disable=SC2016 # the called shell expands it
  what shell /bin/sh -c 'echo "${BASH_VERSION-not bash}"'
  printf 'image: %s %s\n' "${ImageOS-none}" "${ImageVersion-}"
  if /bin/launchctl print "gui/$uid" >/dev/null 2>&1; then
    printf 'window session: yes\n'
  else
    printf 'window session: NONE\n'
  fi
  if /usr/bin/sudo -n /usr/bin/true 2>/dev/null; then
    printf 'sudo without a password: yes\n'
  else
    printf 'sudo without a password: NO\n'
  fi
} >"$keep/runner.txt"
/bin/cat "$keep/runner.txt"
if /usr/bin/grep -q NONE "$keep/runner.txt"; then
  printf '::warning::This runner has no window session: what needs an agent that runs is not possible here.\n'
fi

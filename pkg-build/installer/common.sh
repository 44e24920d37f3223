# shellcheck shell=sh
# The common part of preinstall and postinstall, beside them in a folder that only root can write.

PATH=/usr/bin:/bin:/usr/sbin:/sbin
export PATH
umask 022

label=io.github.psso-monitor.agent

# One line for /var/log/install.log.
say() {
  printf 'PSSO Monitor: %s\n' "$*"
}

# Lets the installation fail. The Installer says so, and this line has the reason.
fail() {
  say "$*"
  exit 1
}

# The Installer's third argument: "/" for this Mac, or the mount point of another volume.
# Sets `volume` (empty for this Mac), and `folder`, the product's folder on it.
read_target() {
  case ${3-} in
    /*) volume=${3%/} ;;
    *) fail "The volume to install on was not given; this script is run by the Installer." ;;
  esac
  [ -d "$3" ] || fail "The volume $3 is not there."
  folder="$volume/Library/Application Support/PSSO Monitor"
}

# Root must not write through a link, nor into a folder that another user can change.
require_safe_folder() {
  if [ -L "$1" ]; then
    fail "$1 is a link, and root does not follow it. Remove the link, then install again."
  fi
  [ -e "$1" ] || return 0
  [ -d "$1" ] || fail "$1 is a file where a folder belongs. Remove it, then install again."
  owner_and_mode=$(/usr/bin/stat -f '%u %Lp' "$1") || fail "$1 can't be looked at."
  case $owner_and_mode in
    0\ *[2367]) fail "$1 can be changed by everyone. See why, then: sudo chmod go-w '$1'" ;;
    0\ *) ;;
    *) fail "$1 belongs to user ${owner_and_mode% *} instead of root. See why, then: sudo chown root:wheel '$1'" ;;
  esac
}

# Checks every folder from the volume's Library to the installed files, and all that is already there.
require_safe_tree() {
  require_safe_folder "$volume/Library"
  require_safe_folder "$volume/Library/LaunchAgents"
  require_safe_folder "$volume/Library/Application Support"
  require_safe_folder "$folder"
  [ -d "$folder" ] || return 0
  # `fail` ends only the subshell of the loop, so an exit follows it.
  /usr/bin/find "$folder" -type d -print | while IFS= read -r path; do
    require_safe_folder "$path"
  done || exit 1
  /usr/bin/find "$folder" ! -type d ! -type f -print | while IFS= read -r path; do
    fail "$path is neither a file nor a folder. The package brings none such: remove it, then install again."
  done || exit 1
}

# The uid of each user with a window session, one a line. Finder and Dock run as the user; loginwindow runs as
# root under fast user switching. A process that only has such a name has no gui domain, and is left out.
window_sessions() {
  /bin/ps -axo uid=,comm= | while read -r uid command; do
    case $command in
      */Finder.app/Contents/MacOS/Finder | */Dock.app/Contents/MacOS/Dock) ;;
      */loginwindow.app/Contents/MacOS/loginwindow | */'PSSO Monitor/bin/node') ;;
      */'PSSO Monitor.app/Contents/MacOS/PSSO Monitor') ;;
      *) continue ;;
    esac
    case $uid in
      '' | *[!0-9]*) ;;
      *) [ "$uid" -lt 500 ] || printf '%s\n' "$uid" ;;
    esac
  done | /usr/bin/sort -un | while read -r uid; do
    if /bin/launchctl print "gui/$uid" >/dev/null 2>&1; then printf '%s\n' "$uid"; fi
  done
}

# By the exit status only: the output of `launchctl print` is no interface.
is_loaded() {
  /bin/launchctl print "gui/$1/$label" >/dev/null 2>&1
}

# Ends a session's agent, and waits until launchd has removed it: bootout returns earlier, and a bootstrap
# before that fails or is lost. Status 1: it is still there after 15 seconds.
stop_agent() {
  /bin/launchctl bootout "gui/$1/$label" >/dev/null 2>&1
  seconds=0
  while is_loaded "$1"; do
    [ "$seconds" -lt 15 ] || return 1
    /bin/sleep 1
    seconds=$((seconds + 1))
  done
}

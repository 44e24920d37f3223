#!/bin/sh
# Removes PSSO Monitor from this Mac. Installed in /Library/Application Support/PSSO Monitor/share; an MDM can
# run a copy. Safe to run again, and on a Mac that has only parts of it.
set -u
# The shell splits unquoted words, and never expands them to file names.
set -f

PATH=/usr/bin:/bin:/usr/sbin:/sbin
export PATH
umask 022

label=io.github.psso-monitor.agent
package=io.github.psso-monitor.pkg
folder='/Library/Application Support/PSSO Monitor'
collection=/private/var/db/io.github.psso-monitor
launch_agent="/Library/LaunchAgents/$label.plist"
link=/usr/local/bin/psso-monitor
man_link=/usr/local/share/man/man1/psso-monitor.1
managed='/Library/Managed Preferences/io.github.psso-monitor.plist'
newline='
'

usage='Usage: sudo sh uninstall.sh [--purge] [--dry-run]

Stops the agent of every logged-in user, and removes PSSO Monitor: files, command, manual page and receipt.
The records in each home folder stay, and your files in share/issues.d, unless you use --purge.

  --purge    also remove the records of every user of this Mac, and share/issues.d
  --dry-run  only print what would be done
  --help     print this

Exit status: 0 done, 1 something could not be removed (the last lines say what), 2 wrong usage.

Example:
  sudo sh uninstall.sh --dry-run
  sudo sh uninstall.sh --purge'

say() {
  printf 'PSSO Monitor: %s\n' "$*"
}

# Repeats a line in the summary at the end.
remember() {
  left="$left$newline  $1"
}

# Reports a part that could not be removed.
problem() {
  say "$1"
  remember "$1"
  status=1
}

main() {
  purge=no
  dry_run=no
  left=
  running=' '
  status=0
  # Jamf puts three arguments first: the volume, the computer's name, the user's name.
  if [ "${1-}" = / ] && [ $# -ge 3 ]; then
    shift 3
  fi
  for argument in "$@"; do
    case $argument in
      '') ;;
      --purge) purge=yes ;;
      --dry-run) dry_run=yes ;;
      --help | -h)
        printf '%s\n' "$usage"
        exit 0
        ;;
      *)
        printf 'uninstall.sh: there is no option %s.\n\n%s\n' "$argument" "$usage" >&2
        exit 2
        ;;
    esac
  done
  if [ "$(/usr/bin/id -u)" != 0 ]; then
    printf 'uninstall.sh: only root can do this. Run it with sudo, or from your MDM.\n' >&2
    exit 1
  fi
  # The current folder may be one of those that are removed.
  cd / || exit 1

  # The LaunchAgent first, so that a login during the removal starts no agent.
  remove_path "$launch_agent"
  stop_everywhere
  remove_product
  # Also the credentials of collect.sh: they must not outlive it.
  remove_path "$collection"
  remove_link "$link" "$folder/bin/psso-monitor"
  remove_link "$man_link" "$folder/share/man/man1/psso-monitor.1"
  forget_receipt
  look_after_records
  sum_up
  exit "$status"
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

# Removes a file, a link (not its target), or a folder with its content.
remove_path() {
  [ -e "$1" ] || [ -L "$1" ] || return 0
  if [ "$dry_run" = yes ]; then
    say "Would remove $1"
  elif /bin/rm -rf "$1"; then
    say "Removed $1"
  else
    problem "$1 could not be removed."
  fi
}

stop_everywhere() {
  for uid in $(window_sessions); do
    if ! is_loaded "$uid"; then
      say "User $uid: no agent runs."
    elif [ "$dry_run" = yes ]; then
      say "User $uid: would stop the agent."
    elif stop_agent "$uid"; then
      say "User $uid: the agent is stopped."
    else
      running="$running$uid "
      problem "User $uid: the agent does not stop; it ends when this user logs out."
    fi
  done
}

# Removes only the package's own files. A file of another origin stays, and so does the folder.
remove_product() {
  if [ -L "$folder" ]; then
    problem "$folder is a link; neither it nor what it leads to was touched."
    return 0
  fi
  for part in bin lib 'PSSO Monitor.app'; do
    remove_path "$folder/$part"
  done
  if [ "$purge" = no ] && [ -n "$(/bin/ls -A "$folder/share/issues.d" 2>/dev/null)" ]; then
    set +f
    for path in "$folder/share"/* "$folder/share"/.[!.]* "$folder/share"/..?*; do
      [ "$path" = "$folder/share/issues.d" ] || remove_path "$path"
    done
    set -f
    say "$folder/share/issues.d holds your own words and rules, and stays; --purge removes it too."
    return 0
  fi
  remove_path "$folder/share"
  [ -d "$folder" ] && [ "$dry_run" = no ] || return 0
  if /bin/rmdir "$folder" 2>/dev/null; then
    say "Removed $folder"
  else
    problem "$folder holds something that is not ours, and stays."
  fi
}

# Removes a link, if it has the target of the package's link.
remove_link() {
  if [ -L "$1" ] && [ "$(/usr/bin/readlink "$1")" = "$2" ]; then
    remove_path "$1"
  elif [ -L "$1" ] || [ -e "$1" ]; then
    say "$1 is not ours and is left alone."
    remember "$1 (not ours)"
  fi
}

forget_receipt() {
  /usr/sbin/pkgutil --pkg-info "$package" >/dev/null 2>&1 || return 0
  if [ "$dry_run" = yes ]; then
    say "Would forget the receipt of $package"
  elif /usr/sbin/pkgutil --forget "$package" >/dev/null 2>&1; then
    say "Forgot the receipt of $package"
  else
    problem "The receipt of $package could not be forgotten."
  fi
}

# Keeps or removes the records of every user of this Mac.
look_after_records() {
  users=$(people)
  if [ -z "$users" ]; then
    problem "The users of this Mac could not be listed (dscl); their records were not removed."
    return 0
  fi
  for user in $users; do
    if home=$(home_of "${user#*:}"); then
      look_after_record "${user%%:*}" "$home" 'Application Support'
      look_after_record "${user%%:*}" "$home" Logs
    fi
  done
}

# uid:name, one a line: root and all users, without the accounts of macOS's services. A hidden admin has a uid
# below 500.
people() {
  /usr/bin/dscl . -list /Users UniqueID | while read -r name uid; do
    case $name:$uid in
      _*:* | *: | *:*[!0-9]*) ;;
      *) [ "$uid" -ne 0 ] && [ "$uid" -lt 400 ] || printf '%s:%s\n' "$uid" "$name" ;;
    esac
  done
}

# dscl prints the value after the key, or on the next line when the value has a space.
home_of() {
  answer=$(/usr/bin/dscl . -read "/Users/$1" NFSHomeDirectory 2>/dev/null)
  answer=${answer#NFSHomeDirectory:}
  answer=${answer#"$newline"}
  answer=${answer# }
  case $answer in
    # The record of root has the same folder twice.
    '/var/root '*) printf '/var/root\n' ;;
    /var/empty | /dev/null | *"$newline"*) return 1 ;;
    /?*) printf '%s\n' "$answer" ;;
    *) return 1 ;;
  esac
}

look_after_record() {
  path="$2/Library/$3/PSSO Monitor"
  wanted=look
  if [ "$purge" = yes ]; then
    case $running in
      *" $1 "*)
        problem "$path is kept, since the agent of user $1 still writes it."
        return 0
        ;;
      *) [ "$dry_run" = yes ] || wanted=remove ;;
    esac
  fi
  case $(as_the_user "$1" "$wanted" "$2" "$3") in
    absent) ;;
    removed) say "Removed $path" ;;
    present)
      if [ "$purge" = yes ]; then
        say "Would remove $path"
      else
        say "Kept $path"
        remember "$path"
      fi
      ;;
    link) problem "$path is a link or lies behind one, and is left alone." ;;
    *) problem "$path could not be looked at, or not be removed." ;;
  esac
}

# The user can change their home folder and its links while this runs. So this part runs as that user, not as
# root: it can remove only what the user could remove.
# shellcheck disable=SC2016 # the inner shell's
as_the_user() {
  /usr/bin/sudo -n -u "#$1" /bin/sh -c '
    record="$2/Library/$3/PSSO Monitor"
    if [ ! -e "$record" ] && [ ! -L "$record" ]; then
      echo absent
    elif [ -L "$2/Library" ] || [ -L "$2/Library/$3" ] || [ -L "$record" ]; then
      echo link
    elif [ "$1" = look ]; then
      echo present
    elif /bin/rm -rf "$record"; then
      echo removed
    fi
  ' sh "$2" "$3" "$4" </dev/null
}

sum_up() {
  if [ -e "$managed" ]; then
    remember "$managed (your MDM's: remove the profile there)"
  fi
  if [ "$dry_run" = yes ]; then
    say "Nothing was changed."
  elif [ -z "$left" ]; then
    say "Nothing of PSSO Monitor is left on this Mac."
  else
    say "Left on this Mac:$left"
  fi
}

main "$@"

#!/bin/sh
# Checks on a Mac what no other computer can prove. The lines of docs/unverified-on-mac.md are its list.
# Without --all it changes nothing; it prints only numbers and versions of what macOS prints.
set -uf

PATH=/usr/bin:/bin:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
umask 077

label=io.github.psso-monitor.agent
identifier=io.github.psso-monitor.pkg
folder='/Library/Application Support/PSSO Monitor'
launch_agent="/Library/LaunchAgents/$label.plist"

usage='Usage: sh check-on-mac.sh [--package FILE] [--all | --psso] [--keep FOLDER] [--json FILE]

Without options: checks what is installed, and what macOS answers to the agent. Run it as the user whose agent it is, in a
Terminal window of that user, and without sudo. A minute after the login is soon enough.

  --package FILE        check a package, before it is installed; with --all both, package and installation
  --all                 everything that needs no identity provider; on a test Mac only, since it ends the agent several times
                        and waits for launchd to start it again. Takes ten minutes
  --psso                what only a Mac with Platform SSO shows: asks a person to do and to look, ten minutes in all
  --standard-user NAME  with --all: a user without administrator rights, made for this test, to ask as
  --keep FOLDER         keep the results there, and what macOS answers, without names; later runs add to them
  --json FILE           write verified-on-mac.json: every line passed, failed, or not possible here. Alone with --keep: of
                        what was kept
  --commit HASH         the commit that was built, for that file
  --list                print every line, and how it gets proven: workflow (--all), person (--psso), or open (not yet)
  --help                print this

Each line says PASS, FAIL, COULD NOT RUN (which says nothing about the product), or BY HAND with a command to try.
Exit status: 0 nothing failed, 1 something failed, 2 wrong usage.

Example:
  sh check-on-mac.sh --package psso-monitor-1.0.0.pkg
  sh "/Library/Application Support/PSSO Monitor/share/check-on-mac.sh"
  sh check-on-mac.sh --all --package psso-monitor-1.0.0.pkg --json verified-on-mac.json'

case $0 in
  */*) here=${0%/*} ;;
  *) here=. ;;
esac
# shellcheck source=scripts/on-mac/results.sh
. "$here/on-mac/results.sh"
# shellcheck source=scripts/on-mac/package.sh
. "$here/on-mac/package.sh"
# shellcheck source=scripts/on-mac/installed.sh
. "$here/on-mac/installed.sh"
# shellcheck source=scripts/on-mac/answers.sh
. "$here/on-mac/answers.sh"
# shellcheck source=scripts/on-mac/system.sh
. "$here/on-mac/system.sh"
# shellcheck source=scripts/on-mac/running.sh
. "$here/on-mac/running.sh"
# shellcheck source=scripts/on-mac/kept.sh
. "$here/on-mac/kept.sh"
# shellcheck source=scripts/on-mac/psso.sh
. "$here/on-mac/psso.sh"

wrong() {
  printf 'check-on-mac.sh: %s\n' "$1" >&2
  exit 2
}

main() {
  package='' mode='' keep='' json='' commit='' standard=''
  while [ $# -gt 0 ]; do
    case $1 in
      '') set -- "$1" "$@" ;;
      --package)
        [ -f "${2-}" ] || wrong "--package needs the file of a package, not \"${2-}\"."
        package=$2
        ;;
      --all | --psso)
        [ -z "$mode" ] || wrong '--all and --psso are two runs; --keep takes the results of both.'
        mode=${1#--}
        set -- "$1" "$@"
        ;;
      --keep)
        [ -n "${2-}" ] || wrong '--keep needs a folder.'
        keep=$2
        ;;
      --json)
        [ -n "${2-}" ] || wrong '--json needs a file to write.'
        json=$2
        ;;
      --commit)
        case ${2-} in '' | *[!0-9a-f]*) wrong "--commit needs the hash of a commit, not \"${2-}\"." ;; *) ;; esac
        commit=$2
        ;;
      --standard-user)
        /usr/bin/id -u "${2-}" >/dev/null 2>&1 || wrong "--standard-user needs the name of a user, not \"${2-}\"."
        standard=$2
        ;;
      --list)
        /usr/bin/grep -v '^#' "$here/on-mac/lines.tsv"
        exit 0
        ;;
      --help | -h)
        printf '%s\n' "$usage"
        exit 0
        ;;
      *)
        printf 'check-on-mac.sh: there is no option %s.\n\n%s\n' "$1" "$usage" >&2
        exit 2
        ;;
    esac
    shift 2
  done
  prepare
  case $mode in
    all) check_all ;;
    psso) check_with_person ;;
    *)
      if [ -n "$package" ]; then
        check_package
      elif [ -z "$json" ]; then
        check_installed
      fi
      ;;
  esac
  if [ -n "$json" ]; then write_json "$json"; fi
  # Without a check this run only wrote the JSON of another one.
  [ "$((passed + failures + not_run))" = 0 ] || sum_up
  [ "$failures" = 0 ]
}

# The work folder, the users for the commands, and the folder for the results.
prepare() {
  work='' results=''
  if [ -n "$package$mode$keep$json" ]; then
    work=$(/usr/bin/mktemp -d) || exit 1
    trap '/bin/rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
  fi
  if [ -n "$keep" ]; then
    /bin/mkdir -p "$keep" || exit 1
    results="$keep/results.tsv"
  elif [ -n "$json" ]; then
    [ -n "$mode" ] || wrong '--json needs --all, --psso, or the folder of an earlier --keep.'
    results="$work/results.tsv"
  fi
  [ -z "$results" ] || : >>"$results"
  user=$(/usr/bin/id -un)
  root=no
  if [ "$(/usr/bin/id -u)" = 0 ] || { [ "$mode" = all ] && /usr/bin/sudo -n /usr/bin/true 2>/dev/null; }; then root=yes; fi
  case " $(/usr/bin/id -Gn) " in
    *' admin '*) [ "$root" = yes ] || standard= ;;
    *) standard=${standard:-$user} ;;
  esac
}

# Right after an installation the agent has not polled yet. Without a window session none does, and the
# command takes its place.
wait_for_records() {
  seconds=0
  until [ -e "$HOME/Library/Application Support/PSSO Monitor/state.plist" ]; do
    if [ "$seconds" -ge 60 ] || ! has_session; then
      "$folder/bin/psso-monitor" once >/dev/null 2>&1
      return 0
    fi
    /bin/sleep 1
    seconds=$((seconds + 1))
  done
}

check_all() {
  if [ "$(/usr/bin/id -u)" = 0 ]; then
    wrong '--all is for the user whose agent it is, without sudo. It calls sudo by itself where that asks for no password.'
  fi
  know_this_mac
  [ -z "$package" ] || check_package
  [ ! -d "$folder" ] || wait_for_records
  check_installed
  [ -d "$folder" ] || return 0
  check_system
  check_running
  [ -z "$keep" ] || keep_answers
}

main "$@"

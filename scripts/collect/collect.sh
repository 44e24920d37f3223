#!/bin/sh
# Sends the histories of all users of this Mac to the place in the managed setting CollectURL: an address for
# HTTPS PUT, or a folder of a mounted share. An MDM runs it as root, once a day. Without the setting it sends
# nothing.
# docs/admin/collecting.md
set -u

PATH=/usr/bin:/bin:/usr/sbin:/sbin
export PATH
# Also for ranges of characters, as in [A-Z].
LC_ALL=C
export LC_ALL
umask 077

tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'
managed='/Library/Managed Preferences/io.github.psso-monitor.plist'
# Only root can write to the folder above it.
folder=/private/var/db/io.github.psso-monitor
lock="$folder/lock"
# The credentials of the admin, as a configuration file of curl. Optional.
credentials="$folder/curl.conf"
volumes=/Volumes
plain='A-Za-z0-9._~:/?@&+,;=%-'

# The limits of one run.
most_attempts=5
most_seconds=1800
most_jitter=3600
most_bytes=67108864
least_free_kilobytes=204800

usage='Usage: sudo sh collect.sh [--now] [--all] [--jitter SECONDS]

Sends the histories of all users of this Mac to the place in the managed setting CollectURL. Sends a history
only if it has changed since it was last received there. Without the setting it sends nothing.

  --now             also less than 20 hours after the last complete run, and without the random wait
  --all             also histories that have not changed
  --jitter SECONDS  the longest random wait before the first history is sent (600; at most 3600)
  --help            print this

Exit status: 0 done, or nothing to send, 1 something was not sent (the last lines say what), 2 wrong usage.'

say() {
  printf 'PSSO Monitor: %s\n' "$*"
}

problem() {
  say "$*"
  status=1
}

# Ends the run; nothing was sent.
refuse() {
  say "$*"
  exit 1
}

main() {
  now=no
  all=no
  jitter=600
  status=0
  spool=
  # Jamf puts three arguments first: the volume, the computer's name, the user's name.
  if [ "${1-}" = / ] && [ $# -ge 3 ]; then
    shift 3
  fi
  while [ $# -gt 0 ]; do
    case $1 in
      '') ;;
      --now) now=yes ;;
      --all) all=yes ;;
      --jitter)
        # The shell reads a number that begins with 0 as octal.
        case ${2-} in
          '' | *[!0-9]* | 0?* | ?????*) wrong_usage "--jitter takes seconds, from 0 to $most_jitter." ;;
        esac
        [ "$2" -le "$most_jitter" ] || wrong_usage "--jitter takes seconds, from 0 to $most_jitter."
        jitter=$2
        shift
        ;;
      --help | -h)
        printf '%s\n' "$usage"
        exit 0
        ;;
      *) wrong_usage "there is no option $1." ;;
    esac
    shift
  done
  if [ "$(/usr/bin/id -u)" != 0 ]; then
    refuse 'only root can collect the histories of all users. Run it with sudo, or from your MDM.'
  fi
  # The current folder may be a home that root must not be in.
  cd / || exit 1

  read_place
  [ -x "$tool" ] || refuse 'the package is not installed.'
  read_serial
  make_folder
  if sent_today; then
    say 'the last complete run was less than 20 hours ago. --now sends at once.'
    exit 0
  fi
  if ! take_lock; then
    say 'another run is sending.'
    exit 0
  fi
  trap end_run EXIT
  trap 'exit 1' HUP INT TERM
  begun=$(/bin/date +%s)
  take_histories
  send_all
  if [ "$status" = 0 ]; then /bin/date >"$folder/complete"; fi
  exit "$status"
}

wrong_usage() {
  printf 'collect.sh: %s\n\n%s\n' "$1" "$usage" >&2
  exit 2
}

# The place, in parts: `base` and `query` of an address, or the folder `share`. The setting is checked as
# `psso-monitor config` checks it. plutil prints its errors on standard output.
read_place() {
  place=$(/usr/bin/plutil -extract CollectURL raw -o - "$managed" 2>/dev/null) || place=
  if [ -z "$place" ]; then
    say 'CollectURL is not set, so nothing is sent.'
    exit 0
  fi
  share=
  query=
  base=${place%%\?*}
  case $place in
    *[!$plain]*) bad_place ;;
    https://?*)
      case $place in
        *\?*) query="?${place#*\?}" ;;
      esac
      host=${base#https://}
      host=${host%%/*}
      case $host in
        '' | *@*) bad_place ;;
      esac
      ;;
    *\?* | */../* | */./* | */.. | */.) bad_place ;;
    file:///Volumes//*) bad_place ;;
    file:///Volumes/?*)
      share=$volumes/$(printf '%s\n' "${place#file:///Volumes/}" | /usr/bin/sed 's|%20| |g')
      case $share in
        *%*) bad_place ;;
      esac
      host=$share
      ;;
    *) bad_place ;;
  esac
  [ "${#place}" -le 2000 ] || bad_place
  base=${base%/}
}

bad_place() {
  refuse 'CollectURL is not valid, so nothing is sent. See: psso-monitor config CollectURL'
}

read_serial() {
  serial=$(/usr/sbin/ioreg -rd1 -c IOPlatformExpertDevice |
    /usr/bin/sed -n 's/.*"IOPlatformSerialNumber" = "\(.*\)".*/\1/p' | /usr/bin/tr -c 'A-Za-z0-9\n' '-')
  [ -n "$serial" ] || refuse 'this Mac has no serial number, so its folder has no name.'
}

make_folder() {
  if ! /bin/mkdir -p "$folder/acknowledged" 2>/dev/null || ! /bin/chmod 700 "$folder"; then
    refuse "$folder could not be created."
  fi
  if [ -e "$credentials" ] || [ -L "$credentials" ]; then
    case $(/usr/bin/stat -f '%u %Lp' "$credentials" 2>/dev/null) in
      '0 600' | '0 400') [ ! -L "$credentials" ] && return 0 ;;
    esac
    refuse "$credentials must be a file of root with the mode 600."
  fi
}

sent_today() {
  [ "$now" = no ] && [ "$all" = no ] && written_within 72000 "$folder/complete"
}

# A time in the future is one from before the clock was set back, and proves nothing.
written_within() {
  written=$(modified_at "$2")
  age=$(($(/bin/date +%s) - written))
  [ "$age" -ge -60 ] && [ "$age" -lt "$1" ]
}

# Seconds; 0: there is no such file.
modified_at() {
  /usr/bin/stat -f %m "$1" 2>/dev/null || printf '0\n'
}

# A killed run leaves its lock. A run ends within two hours unless the Mac sleeps meanwhile, so an older lock
# is left over, even if another process has its number by now. Two runs that break one lock at the same
# moment may send a history twice, or one of them fails; the next run sends what is missing.
take_lock() {
  if ! /bin/mkdir "$lock" 2>/dev/null; then
    if is_held; then return 1; fi
    /bin/mv -f "$lock" "$lock.$$" 2>/dev/null && /bin/rm -rf "$lock.$$"
    /bin/mkdir "$lock" 2>/dev/null || return 1
  fi
  if ! printf '%s\n' "$$" 2>/dev/null >"$lock/pid"; then
    /bin/rm -rf "$lock"
    refuse "$folder can't be written."
  fi
}

is_held() {
  written_within 7200 "$lock" || return 1
  holder=$(/bin/cat "$lock/pid" 2>/dev/null)
  case $holder in
    # A run that begins, or one that was killed there.
    '' | *[!0-9]*) written_within 300 "$lock" ;;
    *) kill -0 "$holder" 2>/dev/null ;;
  esac
}

# Another run may have broken the lock of this one, and has its own files.
# shellcheck disable=SC2317 # the trap calls it
end_run() {
  [ -z "$spool" ] || /bin/rm -rf "$spool"
  if [ "$(/bin/cat "$lock/pid" 2>/dev/null)" = "$$" ]; then /bin/rm -rf "$lock"; fi
}

# Copies the histories by the product, which reads each one with the rights of its user.
take_histories() {
  # Those of a killed run.
  /bin/rm -rf "$folder/spool".*
  free=$(/bin/df -Pk "$folder" | /usr/bin/awk 'NR == 2 { print $4 }')
  [ "${free:-0}" -ge "$least_free_kilobytes" ] || refuse 'less than 200 MB of the disk are free.'
  spool=$(/usr/bin/mktemp -d "$folder/spool.XXXXXX") || refuse "$folder can't be written."
  if ! "$tool" export --all-users --format sqlite --out "$spool/histories" >"$spool/said" 2>&1; then
    reasons=$(/usr/bin/sed -n 's|^.*: skipped: |a history was skipped: |p' "$spool/said")
    # Without the name of a user, which is that of a file.
    [ -n "$reasons" ] ||
      reasons="the export failed: $(/usr/bin/tail -n 1 "$spool/said" | /usr/bin/sed 's|histories/[^ ]*|a history|')"
    problem "$reasons"
  fi
}

send_all() {
  sent=0
  unchanged=0
  bytes=0
  owners=
  for history in "$spool/histories"/*.db; do owners="$owners $(owner_of "$history") "; done
  for history in "$spool/histories"/*.db; do
    [ -f "$history" ] || continue
    # The number of the account, not its name: no name leaves the Mac.
    uid=$(owner_of "$history")
    case $uid in
      '' | *[!0-9]*)
        problem 'a history was skipped: its home folder is gone.'
        continue
        ;;
    esac
    case $owners in
      *" $uid "*" $uid "*)
        if [ "$history" != "$(newest_of "$uid")" ]; then
          say 'the history in an older copy of a home folder was left out.'
          continue
        fi
        ;;
    esac
    send_history "$history" || break
  done
  if [ "$sent" -gt 0 ]; then
    say "sent to $host: $sent, in $(((bytes + 1023) >> 10)) kB; unchanged: $unchanged."
  elif [ "$status" = 0 ] && [ "$unchanged" = 0 ]; then
    say 'no user of this Mac has a history.'
  elif [ "$status" = 0 ]; then
    say 'nothing has changed since the last run.'
  fi
}

# A history is named after the home folder.
home_of() {
  home=${1##*/}
  printf '/Users/%s\n' "${home%.db}"
}

owner_of() {
  /usr/bin/stat -f %u "$(home_of "$1")" 2>/dev/null
}

# A copy of a home, such as "alex (old)", has the same owner, and one account has one place. Of its histories
# this is the one whose agent polled last.
newest_of() {
  newest=
  last=-1
  for one in "$spool/histories"/*.db; do
    [ "$(owner_of "$one")" = "$1" ] || continue
    polled=$(modified_at "$(home_of "$one")/Library/Application Support/PSSO Monitor/agent.json")
    [ "$polled" -gt "$last" ] || continue
    last=$polled
    newest=$one
  done
  printf '%s\n' "$newest"
}

# Status 1: the place does not take it, so it will not take the next one either.
send_history() {
  content=$(
    {
      printf '%s\n' "$base/$serial/$uid"
      /bin/cat "$1"
    } | /usr/bin/openssl dgst -sha256
  )
  if [ "$all" = no ] && [ -n "$content" ] && [ "$content" = "$(/bin/cat "$folder/acknowledged/$uid" 2>/dev/null)" ]; then
    unchanged=$((unchanged + 1))
    return 0
  fi
  if [ "$(($(/bin/date +%s) - begun))" -gt "$((most_seconds + jitter))" ]; then
    problem 'the run takes too long. The next one continues.'
    return 1
  fi
  packed="$spool/events.db.gz"
  if ! /usr/bin/gzip -9 -n -c "$1" >"$packed"; then
    problem 'a history was skipped: it could not be compressed. Is the disk full?'
    return 0
  fi
  size=$(($(/usr/bin/wc -c <"$packed")))
  if [ "$size" -gt "$most_bytes" ]; then
    problem "a history was skipped: it has $size bytes."
    return 0
  fi
  wait_at_random
  deliver || return 1
  # Now it is there; what is written here only saves sending it again.
  if ! printf '%s\n' "$content" >"$folder/acknowledged.new" ||
    ! /bin/mv -f "$folder/acknowledged.new" "$folder/acknowledged/$uid"; then
    problem "$folder can't be written, so the next run sends this history again."
  fi
  sent=$((sent + 1))
  bytes=$((bytes + size))
}

# So that not all Macs send at the same moment. Once, before the first history.
wait_at_random() {
  [ "$now" = no ] && [ "$sent" = 0 ] && [ "$jitter" -gt 0 ] || return 0
  random=$(/usr/bin/od -An -N2 -tu2 /dev/urandom)
  /bin/sleep "$((random % (jitter + 1)))"
}

# Tries until the history is there, with longer and longer pauses.
deliver() {
  attempt=1
  pause=10
  made=no
  while :; do
    reason=
    again=yes
    if [ -n "$share" ]; then to_share; else to_address; fi && return 0
    left=$((begun + most_seconds + jitter - $(/bin/date +%s) - pause))
    if [ "$again" = no ] || [ "$attempt" -ge "$most_attempts" ] || [ "$left" -le 0 ]; then
      problem "not sent to $host: $reason. The next run sends it."
      return 1
    fi
    # A folder of a WebDAV server was missing.
    if [ "$again" = now ]; then continue; fi
    /bin/sleep "$pause"
    attempt=$((attempt + 1))
    pause=$((pause * 3))
  done
}

to_address() {
  answer=$(request "$base/$serial/$uid/events.db.gz$query" --upload-file "$packed")
  ended=$?
  code=${answer%% *}
  case $ended:$code in
    0:200 | 0:201 | 0:204)
      if is_receipt; then return 0; fi
      reason='the server answered with a web page, as a sign-in does'
      again=no
      ;;
    # By RFC 4918 WebDAV answers 409 for a missing folder; nginx answers 500.
    0:404 | 0:409 | 0:500)
      reason="the server answered $code"
      [ "$code" = 500 ] || again=no
      if [ "$made" = no ] && make_collections; then again=now; fi
      ;;
    0:408 | 0:429 | 0:5??) reason="the server answered $code" ;;
    0:401 | 0:403)
      reason="the server answered $code: the right to write is missing or has expired"
      again=no
      ;;
    0:*)
      reason="the server answered $code"
      again=no
      ;;
    6:*) reason='the host is not found' ;;
    7:*) reason='the host does not answer' ;;
    28:*) reason='it took too long' ;;
    35:* | 51:* | 58:* | 60:* | 66:* | 77:*)
      reason="no connection by TLS: the certificate is not trusted, or a proxy inspects it (curl: $ended)"
      again=no
      ;;
    1:* | 2:* | 3:* | 26:* | 27:* | 37:* | 47:*)
      reason="curl ended with $ended; see curl.conf and CollectURL"
      again=no
      ;;
    *) reason="the connection was cut (curl: $ended)" ;;
  esac
  return 1
}

# Whether `answer` is the answer to the upload. After a redirection with 303 it is one to GET; a sign-in or a
# proxy answers with a page for people. A receipt of Google Cloud Storage is of the same type and empty.
is_receipt() {
  case $answer in
    *' PUT 0 '*) return 0 ;;
    *' PUT '*' text/html'*) return 1 ;;
    *' PUT '*) return 0 ;;
    *) return 1 ;;
  esac
}

# Prints status, method, bytes and type of the answer.
# The address and the credentials are on no command line: every user sees those by `ps`.
request() {
  address=$1
  shift
  {
    printf 'url = "%s"\n' "$address"
    case $address in
      https://*.blob.core.*) printf 'header = "x-ms-blob-type: BlockBlob"\n' ;;
    esac
    if [ -e "$credentials" ]; then /bin/cat "$credentials"; fi
  } | /usr/bin/curl --disable --config - --silent --output /dev/null --write-out '%{http_code} %{method} %{size_download} %{content_type}' \
    --proto =https --proto-redir =https --location --max-redirs 3 --tlsv1.2 \
    --connect-timeout 20 --max-time 300 --speed-limit 100 --speed-time 60 "$@" 2>/dev/null
}

# The folders of this Mac and user on a WebDAV server that does not create them by itself.
make_collections() {
  made=yes
  for path in "$serial" "$serial/$uid"; do
    said=$(request "$base/$path/$query" --request MKCOL)
    case ${said%% *} in
      201 | 405) ;;
      *) return 1 ;;
    esac
  done
}

to_share() {
  # An empty folder stays where a share was mounted.
  if [ ! -d "$share" ] || [ "$(/usr/bin/stat -f %d "$share")" = "$(/usr/bin/stat -f %d "$volumes")" ]; then
    reason='the share is not mounted'
    return 1
  fi
  target="$share/$serial/$uid"
  if [ -L "$share/$serial" ] || [ -L "$target" ]; then
    reason="$target is a link or lies behind one"
    again=no
    return 1
  fi
  # Under this name `fleet` does not read it.
  part="$target/.events.db.gz.part"
  reason="$target can't be written, or the share is full"
  /bin/mkdir -p "$target" 2>/dev/null && /bin/rm -f "$part" &&
    /bin/cp "$packed" "$part" 2>/dev/null && /usr/bin/cmp -s "$packed" "$part" &&
    /bin/mv -f "$part" "$target/events.db.gz" 2>/dev/null && return 0
  /bin/rm -f "$part" 2>/dev/null
  return 1
}

main "$@"

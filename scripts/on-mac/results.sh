# shellcheck shell=sh
# What the checks found: a line each for a person, a file of them in $keep, and the JSON that is made of that
# file.

tab=$(printf '\t')
newline='
'
indent="$newline               "
passed=0 failures=0 not_run=0
# The line of docs/unverified-on-mac.md that a check belongs to.
line=

about() {
  line=$1
}

# note RESULT WHAT DETAIL: one row of $results. Without --keep and --json nothing is written.
note() {
  [ -n "$results" ] || return 0
  detail=$(printf '%s' "$3" | /usr/bin/tr '\t\n\200-\377' '  ?' | /usr/bin/cut -c 1-300)
  printf '%s\t%s\t%s\t%s\n' "$line" "$1" "$2" "$detail" >>"$results"
}

# pass WHAT [FOUND]
pass() {
  printf 'PASS           %s\n' "$1"
  [ -z "${2-}" ] || printf '               found: %s\n' "$2"
  passed=$((passed + 1))
  note passed "$1" "${2-}"
}

failed() {
  printf 'FAIL           %s\n               %s\n' "$1" "$2"
  failures=$((failures + 1))
  note failed "$1" "$2"
}

# Says nothing about the product: what is needed is not here.
cannot() {
  printf 'COULD NOT RUN  %s\n               %s\n' "$1" "$2"
  not_run=$((not_run + 1))
  note notPossibleHere "$1" "$2"
}

by_hand() {
  printf 'BY HAND        %s\n               %s\n' "$1" "$2"
}

# check WHAT MEANING COMMAND ARGUMENTS: passes when the command ends with status 0. Leaves what it printed in
# `printed`.
check() {
  what=$1 meaning=$2
  shift 2
  if [ ! -x "$1" ]; then
    printed=
    cannot "$what" "$1 is not on this Mac."
    return 1
  fi
  asked=$*
  if printed=$("$@" 2>&1); then
    pass "$what"
  else
    failed "$what" "$meaning"
    return 1
  fi
}

# The same as root, where that takes no password.
check_as_root() {
  if [ "$root" = no ]; then
    printed=
    cannot "$1" 'It needs root, and sudo asks for a password here.'
    return 1
  fi
  what=$1 meaning=$2
  shift 2
  if [ "$(/usr/bin/id -u)" = 0 ]; then
    check "$what" "$meaning" "$@"
  else
    check "$what" "$meaning" /usr/bin/sudo -n "$@"
  fi
}

as_root() {
  if [ "$(/usr/bin/id -u)" = 0 ]; then
    "$@"
  else
    /usr/bin/sudo -n "$@"
  fi
}

# The same as a user without administrator's rights: this one, or the one that --standard-user names.
check_as_standard_user() {
  if [ -z "$standard" ]; then
    printed=
    cannot "$1" 'This user is an administrator. --standard-user NAME names one who is not (and needs sudo without a password).'
    return 1
  fi
  what=$1 meaning=$2
  shift 2
  if [ "$standard" = "$user" ]; then
    check "$what" "$meaning" "$@"
  else
    check "$what" "$meaning" /usr/bin/sudo -n -H -u "$standard" "$@"
  fi
}

# expect WHAT MEANING FOUND: passes when nothing was found.
expect() {
  if [ -z "$3" ]; then
    pass "$1"
  else
    failed "$1" "$2 See:$3"
  fi
}

# holds WHAT MEANING WORDS [cannot]: passes when what `check` has left holds these words.
holds() {
  case $printed in
    *"$3"*) pass "$1" ;;
    *) "${4:-failed}" "$1" "$2" ;;
  esac
}

# at_most WHAT MEANING LIMIT UNIT NUMBER: passes when the number is no larger. No number is a failure.
at_most() {
  case $5 in
    '' | *[!0-9]*) failed "$1" "$2 There is no number: $5" ;;
    *)
      if [ "$5" -le "$3" ]; then
        pass "$1" "$5 $4"
      else
        failed "$1" "$2 It is $5 $4."
      fi
      ;;
  esac
}

sum_up() {
  printf '\n%s passed, %s failed, %s could not run.\n' "$passed" "$failures" "$not_run"
}

# The facts of this Mac: a file of "key TAB value". The first run writes it once for a folder of --keep.
know_this_mac() {
  facts="${keep:-$work}/facts.tsv"
  [ ! -e "$facts" ] || return 0
  fact at "$(/bin/date -u +%Y-%m-%dT%H:%M:%SZ)"
  fact commit "$commit"
  fact product "$("$folder/bin/psso-monitor" version 2>/dev/null)"
  fact macos "$(/usr/bin/sw_vers -productVersion 2>/dev/null)"
  fact build "$(/usr/bin/sw_vers -buildVersion 2>/dev/null)"
  fact hardware "$(/usr/sbin/sysctl -n hw.model 2>/dev/null)"
  fact architecture "$(/usr/bin/uname -m)"
  fact virtual "$(/usr/sbin/sysctl -n kern.hv_vmm_present 2>/dev/null)"
  fact integrity "$(integrity_protection)"
  fact session "$(window_session)"
  fact image "${ImageOS-}${ImageVersion:+ $ImageVersion}"
}

fact() {
  printf '%s\t%s\n' "$1" "$2" >>"$facts"
}

integrity_protection() {
  answer=$(/usr/bin/csrutil status 2>/dev/null)
  case $answer in
    *'status: enabled'*) printf 'on' ;;
    *'status: disabled'*) printf 'off' ;;
    *) printf 'unknown' ;;
  esac
}

has_session() {
  /bin/launchctl print "gui/$(/usr/bin/id -u)" >/dev/null 2>&1
}

# window: this user has one, which launchd agents need. The name says in which kind of session this very
# process is.
window_session() {
  if has_session; then
    printf 'window'
  else
    printf 'none'
  fi
  name=$(/bin/launchctl managername 2>/dev/null)
  [ -z "$name" ] || printf ' %s' "$name"
}

# Every line of the list, with what was found of it. A check that failed decides; then one that was not
# possible.
write_json() {
  know_this_mac
  /usr/bin/awk -F "$tab" '
    function quoted(text,   at, letter, made) {
      made = "\""
      for (at = 1; at <= length(text); at++) {
        letter = substr(text, at, 1)
        if (letter == "\"" || letter == "\\") made = made "\\" letter
        else made = made (letter < " " ? " " : letter)
      }
      return made "\""
    }
    function known(key) { return fact[key] == "" ? "null" : quoted(fact[key]) }
    FILENAME == ARGV[1] { fact[$1] = $2; next }
    FILENAME == ARGV[2] { if ($1 ~ "^[a-z]") { ids[++count] = $1; proof[$1] = $2 } next }
    {
      if (checks[$1] != "") checks[$1] = checks[$1] ",\n"
      checks[$1] = checks[$1] "        {\"what\": " quoted($3) ", \"result\": " quoted($2) ", \"found\": " quoted($4) "}"
      if ($2 == "failed" || verdict[$1] == "" || (verdict[$1] == "passed" && $2 != "passed")) verdict[$1] = $2
    }
    END {
      print "{\n  \"format\": 1,"
      print "  \"at\": " known("at") ",\n  \"commit\": " known("commit") ",\n  \"product\": " known("product") ","
      print "  \"mac\": {"
      print "    \"macos\": " known("macos") ",\n    \"build\": " known("build") ","
      print "    \"hardware\": " known("hardware") ",\n    \"architecture\": " known("architecture") ","
      print "    \"virtual\": " (fact["virtual"] == "1" ? "true" : fact["virtual"] == "0" ? "false" : "null") ","
      print "    \"integrityProtection\": " known("integrity") ",\n    \"session\": " known("session") ","
      print "    \"image\": " known("image")
      print "  },\n  \"lines\": ["
      for (at = 1; at <= count; at++) {
        id = ids[at]
        if (checks[id] == "") {
          verdict[id] = "notPossibleHere"
          why = proof[id] == "person" ? "A person has to look: check-on-mac.sh --psso." : proof[id] == "open" ? "Nothing proves it yet." : "It was not tried."
          checks[id] = "        {\"what\": \"not tried\", \"result\": \"notPossibleHere\", \"found\": " quoted(why) "}"
        }
        print "    {\n      \"id\": " quoted(id) ",\n      \"result\": " quoted(verdict[id]) ",\n      \"checks\": ["
        print checks[id] "\n      ]\n    }" (at < count ? "," : "")
      }
      print "  ]\n}"
    }
  ' "$facts" "$here/on-mac/lines.tsv" "$results" >"$1" || {
    printf 'check-on-mac.sh: %s could not be written.\n' "$1" >&2
    exit 1
  }
}

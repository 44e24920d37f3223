# shellcheck shell=sh
# --keep: the text that macOS answers, so that a parser can be compared with it later. No name is kept:
# app-sso, the password rules and the profile go through the product's own redaction (capture, diagnose). Of
# the rest only known fields are kept, without addresses and texts.

keep_answers() {
  /bin/mkdir -p "$keep/answers"
  names=$(all_names)
  export names
  # A second run of --all writes both again.
  "$psso" capture --redact --force --out "$keep/capture.ndjson" >/dev/null 2>&1
  "$psso" diagnose --yes --force --out "$keep/diagnose.zip" >/dev/null 2>&1
  keep_answer sw_vers /bin/cat /usr/bin/sw_vers
  keep_answer csrutil /bin/cat /usr/bin/csrutil status
  keep_answer sysctl /bin/cat /usr/sbin/sysctl kern.boottime kern.sleeptime kern.waketime hw.model kern.bootsessionuuid
  keep_answer scutil-nwi without_addresses /usr/sbin/scutil --nwi
  keep_answer ioreg sessions_only /usr/sbin/ioreg -n Root -d1 -w 4096
  keep_answer profiles enrolment_only /usr/bin/profiles status -type enrollment
  keep_answer dscl attributes_only /usr/bin/dscl -plist . -read "/Users/$user" accountPolicyData
  keep_answer launchctl-print state_only /bin/launchctl print "gui/$uid/$label"
  keep_answer launchctl-print-disabled ours_only /bin/launchctl print-disabled "gui/$uid"
  keep_answer pkgutil-info /bin/cat /usr/sbin/pkgutil --pkg-info "$identifier"
  keep_answer codesign-node /bin/cat /usr/bin/codesign -dv --entitlements - "$(node_below "$folder")"
  keep_answer codesign-addon /bin/cat /usr/bin/codesign -dv "$folder/lib/better_sqlite3.node"
  keep_answer ps ours_only /bin/ps -axo uid=,comm=
  # Not used yet: a parser needs a real output first.
  keep_answer log-help-emit /bin/cat /usr/bin/log help emit
  keep_answer osaapplet /bin/cat /bin/ls -l /usr/libexec/osaapplet
  [ "$root" = no ] || keep_answer sfltool-dumpbtm login_item_only /usr/bin/sudo -n /usr/bin/sfltool dumpbtm
}

# keep_answer NAME FILTER COMMAND: its output through the filter and without names, and its exit status.
keep_answer() {
  file="$keep/answers/$1.txt" filter=$2
  shift 2
  printed=$("$@" 2>&1)
  status=$?
  { printf '%s\n' "$printed" | "$filter"; printf '(exit status %s)\n' "$status"; } | without_names >"$file"
}

# This user's names and this computer's, one a line; the longest first, since one may be a part of another.
all_names() {
  {
    printf '%s\n' "$user" "$standard"
    /usr/bin/dscl . -read "/Users/$user" RealName | /usr/bin/sed -e 's|^RealName: *||' -e 's|^ ||'
    for which in ComputerName LocalHostName HostName; do /usr/sbin/scutil --get "$which" 2>/dev/null; done
    /bin/hostname -s
  } | /usr/bin/awk 'length($0) > 1 && !seen[$0]++ { print length($0) "\t" $0 }' | /usr/bin/sort -rn | /usr/bin/cut -f 2-
}

without_names() {
  /usr/bin/awk '
    BEGIN { count = split(ENVIRON["names"], name, "\n") }
    {
      for (one = 1; one <= count; one++) {
        rest = $0; made = ""
        while (name[one] != "" && (at = index(tolower(rest), tolower(name[one]))) > 0) {
          made = made substr(rest, 1, at - 1) "NAME"
          rest = substr(rest, at + length(name[one]))
        }
        $0 = made rest
      }
      print
    }'
}

without_addresses() {
  /usr/bin/sed -E -e 's|([0-9]{1,3}\.){3}[0-9]{1,3}|ADDRESS|g' -e 's|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}|ADDRESS|g'
}

sessions_only() {
  /usr/bin/grep IOConsoleUsers | /usr/bin/sed -E -e 's|="[^"]*"|="TEXT"|g'
}

enrolment_only() {
  /usr/bin/grep -E '^[[:blank:]]*(Enrolled via DEP|MDM enrollment):'
}

# Tags and keys of a property list, and numbers.
attributes_only() {
  /usr/bin/grep -E '^[[:blank:]]*(<[?!/]?[a-zA-Z]|&lt;)' | /usr/bin/sed -E -e 's|<string>[^<&]*</string>|<string>TEXT</string>|g'
}

state_only() {
  /usr/bin/grep -E '^[[:blank:]]*(state|runs|pid|path|program|last exit code|spawn type|minimum runtime|exit timeout|umask|nice|properties) ='
}

ours_only() {
  /usr/bin/grep -E 'psso-monitor|PSSO Monitor|Finder.app|Dock.app'
}

login_item_only() {
  /usr/bin/grep -E -B 8 -A 12 'psso-monitor' | /usr/bin/sed -E -e 's|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|UUID|g'
}

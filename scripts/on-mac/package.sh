# shellcheck shell=sh
# A package, before it is installed.

check_package() {
  about package-readable
  check 'the Installer can read the package' 'The package is broken, or no package at all.' \
    /usr/sbin/installer -pkginfo -pkg "$package"
  check 'the Installer would install it on this Mac' 'Is macOS older than 13.5?' /usr/sbin/installer -volinfo -pkg "$package"
  about signatures
  if /usr/sbin/pkgutil --check-signature "$package" >/dev/null 2>&1; then
    check 'its signature is one that macOS accepts' 'An MDM command that installs it would be refused.' \
      /usr/sbin/spctl --assess --type install "$package"
  elif [ "$mode" = all ]; then
    # A build without an identity: macOS must report that.
    printed=$(/usr/sbin/pkgutil --check-signature "$package" 2>&1)
    holds 'pkgutil says that the package has no signature' 'It says something else.' 'no signature'
    if [ "$(/usr/sbin/spctl --status 2>&1)" = 'assessments disabled' ]; then
      cannot 'spctl refuses a package without signature' 'Gatekeeper is off on this Mac: it accepts everything.'
    elif /usr/sbin/spctl --assess --type install "$package" 2>/dev/null; then
      failed 'spctl refuses a package without signature' 'It accepted it.'
    else
      pass 'spctl refuses a package without signature'
    fi
  else
    cannot 'the signature of the package' 'It has none that macOS trusts. Munki, Jamf and Intune need none; an MDM command that installs it does.'
  fi
  about package-readable
  check 'macOS unpacks all of it' 'The archive is damaged, or in a form that macOS does not read.' \
    /usr/sbin/pkgutil --expand-full "$package" "$work/package" || return 0
  component="$work/package/agent.pkg"
  check_bill "$component/Bom" "$component/Payload"
  about launchd-takes-agent
  check 'the LaunchAgent is a property list' 'launchd would not load it.' \
    /usr/bin/plutil -lint "$component/Payload$launch_agent"
  about scripts-parse
  # shellcheck disable=SC2016 # the inner shell's
  check "macOS's sh parses the Installer's scripts" 'The installation would fail. Report the message of: sh -n FILE' \
    /bin/sh -c 'for script in "$1"/*; do /bin/sh -n "$script" || exit 1; done' sh "$component/Scripts"
  check_runtime "$component/Payload$folder"
}

# The bill of materials names each file with its owner, permissions, size and POSIX checksum.
check_bill() {
  check 'the bill of materials can be read' 'The Installer could refuse the package, or leave no receipt.' \
    /usr/bin/lsbom "$1" || return 0
  bill=$printed
  foreign='' different=''
  while IFS=$tab read -r path mode_of owner size checksum; do
    case "$owner $mode_of" in *[2367] | *[2367]? | [!0]*) foreign="$foreign$indent$path" ;; *) ;; esac
    [ -n "$size" ] || continue
    [ "$checksum $size" = "$(/usr/bin/cksum <"$2/$path")" ] || different="$different$indent$path"
  done <<BILL
$bill
BILL
  expect 'every file is what the bill says' 'The package was changed or is damaged.' "$different"
  expect 'everything will belong to root, and only root can change it' 'Another user could change what runs.' "$foreign"
  /usr/bin/lsbom -s "$1" | /usr/bin/sort >"$work/named"
  (cd "$2" && /usr/bin/find . -print) | /usr/bin/sort >"$work/packed"
  different=$(/usr/bin/comm -3 "$work/named" "$work/packed" | while read -r path; do printf '%s' "$indent$path"; done)
  expect 'the bill names all that is in the payload, and no more' 'The receipt would not tell what was installed.' "$different"
}

# check_parses WHICH FOLDER: whether this Mac's own /bin/sh understands every script below a folder.
check_parses() {
  count=0 wrong_ones=
  /usr/bin/find "$2" -type f -print >"$work/files"
  while IFS= read -r path; do
    is_script "$path" || continue
    count=$((count + 1))
    /bin/sh -n "$path" </dev/null 2>/dev/null || wrong_ones="$wrong_ones$indent$path"
  done <"$work/files"
  if [ "$count" = 0 ]; then
    cannot "/bin/sh parses $1" 'There is none.'
  else
    expect "/bin/sh parses $1 ($count)" 'It would not run on this Mac.' "$wrong_ones"
  fi
}

is_script() {
  IFS= read -r first <"$1" 2>/dev/null
  case $first in
    '#!'*bin/sh* | '# shellcheck shell=sh'*) return 0 ;;
    *) return 1 ;;
  esac
}

# The path of Node below this folder: in the bundle of a package that is signed with a Developer ID, else in
# bin.
node_below() {
  if [ -d "$1/PSSO Monitor.app" ]; then
    printf '%s\n' "$1/PSSO Monitor.app/Contents/MacOS/PSSO Monitor"
  else
    printf '%s\n' "$1/bin/node"
  fi
}

# team_of PROGRAM: the team that signed it.
team_of() {
  /usr/bin/codesign -dv "$1" 2>&1 | /usr/bin/sed -n 's|^TeamIdentifier=||p'
}

# Who signed Node: the Node.js Foundation, or the product's own team, which then signed the addon and the
# bundle.
check_signer() {
  team=$(team_of "$node")
  if [ ! -d "$1/PSSO Monitor.app" ]; then
    if [ "$team" = HX7739G8FX ]; then
      pass "Node is signed by the Node.js Foundation" "team $team"
    else
      failed "Node is signed by the Node.js Foundation" "Its team is \"$team\"."
    fi
    return 0
  fi
  case $team in '' | 'not set') team='a team' ;; *) ;; esac
  printed=$(team_of "$1/lib/better_sqlite3.node")
  holds "Node and SQLite are signed by one team ($team)" 'Node would not load SQLite.' "$team"
  check 'the bundle is sealed' 'Was a file of it changed?' /usr/bin/codesign --verify --strict "$1/PSSO Monitor.app"
  printed=$(/usr/bin/codesign -d --entitlements - "$node" 2>/dev/null)
  case $printed in
    *get-task-allow* | *disable-library-validation* | *allow-dyld*) failed 'Node has no right but its compiler' "$printed" ;;
    *) pass 'Node has no right but its compiler' ;;
  esac
}

# Whether Node needs no right but its compiler, as a Developer ID signs it: on a copy, signed without an
# identity.
check_one_right() {
  about allow-jit-is-enough
  /bin/cp "$1" "$work/node" || return 0
  printf '%s' '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>com.apple.security.cs.allow-jit</key><true/></dict></plist>' \
    >"$work/one-right.plist"
  check 'codesign signs a copy of Node with one right' 'See what codesign says.' /usr/bin/codesign --force \
    --options runtime --entitlements "$work/one-right.plist" --sign - "$work/node" || return 0
  check 'Node compiles with allow-jit alone' 'A package that is signed with a Developer ID would not start.' \
    "$work/node" -e 'let sum = 0; for (let at = 0; at < 1e7; at++) sum += at; process.exit(sum > 0 ? 0 : 1)'
}

# The Node below this folder: signed, for this processor, and able to load SQLite.
check_runtime() {
  node=$(node_below "$1")
  about signatures
  check "Node's signature holds" 'macOS would end the agent at its start. Was the file changed or stripped?' \
    /usr/bin/codesign --verify --strict "$node"
  [ "$mode" != all ] || check_signer "$1"
  about node-runs
  if check 'Node starts' 'It may be for another processor, or macOS blocks it.' "$node" -p process.arch; then
    printed="$printed $(/usr/bin/uname -m)"
    case $printed in 'arm64 arm64' | 'x64 x86_64') printed= ;; *) ;; esac
    expect 'Node runs natively' 'It is for another processor, or the Terminal runs under Rosetta.' "${printed:+ $printed}"
  fi
  if [ "$mode" = all ] && [ "$(/usr/bin/uname -m)" = arm64 ]; then
    case $(/usr/bin/file -b "$node") in
      *universal*)
        printed=$(/usr/bin/arch -x86_64 "$node" -p process.arch 2>&1)
        holds 'Node starts under Rosetta, too' 'Rosetta is not installed, or the other half of Node does not start.' x64 cannot
        ;;
      *) ;;
    esac
  fi
  [ "$mode" != all ] || check_one_right "$node"
  about node-runs
  check 'Node loads SQLite' 'The agent could not open its database. Is the addon signed by another team than Node?' \
    "$node" -e 'process.dlopen({ exports: {} }, process.argv[1])' "$1/lib/better_sqlite3.node"
}

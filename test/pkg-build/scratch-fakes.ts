import { fileURLToPath } from 'node:url';
import { installed, label } from '../../launchd/installed-paths.ts';
import { realTool } from './real-tool.ts';

/**
 * `defaults`, `plutil -convert` and `plutil -extract`, by the plist library. The scripts pass on no variable
 * of the tests, so that the cache of compiled code is named here.
 */
const propertyListTool = `NODE_COMPILE_CACHE='${process.env.NODE_COMPILE_CACHE ?? ''}' exec '${process.execPath}' \
        '${fileURLToPath(new URL('property-list-tool.ts', import.meta.url))}'`;

/** The commands for permissions and time of a path: `stat -f` on a Mac, else `stat -c`. */
const onMac = process.platform === 'darwin';
const permissionsAfter = (words: string) =>
  onMac ? `/usr/bin/stat -f "${words}%Lp"` : `${realTool('stat')} -c "${words}%a"`;
const device = onMac ? '/usr/bin/stat -f %d' : `${realTool('stat')} -c %d`;
const modified = onMac ? '/usr/bin/stat -f %m' : `${realTool('stat')} -c %Y`;

/**
 * Commands that only a Mac has, or that must not act on this machine, as POSIX sh. Before each runs, `$state`
 * (the folder of their state) is set and the call is recorded. Output and exit status follow the man pages
 * and the reports in docs/unverified-on-mac.md; they have only the parts that the scripts use.
 */
export const fakes: Readonly<Record<string, { folder: string; body: string }>> = {
  // A session is a file launchd/sessions/UID. Its agent is a file launchd/loaded/UID with the number of
  // starts. If there is a script launchd/live, it runs as the agent, and again each time it ends.
  launchctl: {
    folder: '/bin',
    body: `
      read -r now < "$state/seconds"
      verb=$1
      case $verb in
        kickstart) target=$3 ;;
        *) target=$2 ;;
      esac
      rest=\${target#gui/}
      uid=\${rest%%/*}
      here=$state/launchd
      if [ "$verb" = managername ]; then echo Aqua; exit; fi
      if [ "$verb" = list ]; then
        for one in "$here"/loaded/*; do [ ! -e "$one" ] || printf '%s\t0\t${label}\n' "$(cat "$here/pid.\${one##*/}" 2>/dev/null || echo -)"; done
        exit
      fi
      # Runs a command in a user's session.
      if [ "$verb" = asuser ]; then shift 2; exec "$@"; fi
      [ -e "$here/sessions/$uid" ] || { echo "Could not find domain for $target" >&2; exit 113; }
      # The number in a file, or 0.
      number() { n=0; if [ -e "$1" ]; then read -r n < "$1"; fi; }
      if [ -e "$here/ends/$uid" ]; then
        number "$here/ends/$uid"
        [ "$n" -gt "$now" ] || rm -f "$here/ends/$uid" "$here/loaded/$uid"
      fi
      supervise() {
        while [ -e "$here/loaded/$uid" ]; do
          sh "$here/live" & echo $! > "$here/pid.$uid"
          wait $!
          rm -f "$here/pid.$uid"
          if [ -e "$here/out.$uid" ]; then rm -f "$here/out.$uid" "$here/loaded/$uid"; break; fi
          sleep 0.3
        done
      }
      start() {
        number "$here/starts/$uid"; echo $((n + 1)) > "$here/starts/$uid"; : > "$here/loaded/$uid"
        # exec, since a shell that redirects a function keeps whose output it was open meanwhile.
        if [ -e "$here/live" ]; then (exec </dev/null >/dev/null 2>&1; supervise) & fi
      }
      case $verb in
        disable) printf '\t"%s" => disabled\n' "\${rest#*/}" > "$here/disabled/$uid" ;;
        enable) rm -f "$here/disabled/$uid" ;;
        print)
          case $rest in
            */*) [ -e "$here/loaded/$uid" ] || { echo "Could not find service" >&2; exit 113; } ;;
          esac ;;
        print-disabled)
          echo "disabled services = {"
          [ ! -e "$here/disabled/$uid" ] || cat "$here/disabled/$uid"
          echo "}" ;;
        bootout)
          [ -e "$here/loaded/$uid" ] || { echo "Boot-out failed: 3: No such process" >&2; exit 3; }
          if [ -e "$here/pid.$uid" ]; then : > "$here/out.$uid"; kill "$(cat "$here/pid.$uid")"; exit; fi
          number "$here/takes/$uid"
          [ -e "$here/ends/$uid" ] || echo $((now + n)) > "$here/ends/$uid" ;;
        bootstrap)
          number "$here/refusals/$uid"
          if [ "$n" -gt 0 ]; then
            echo $((n - 1)) > "$here/refusals/$uid"
            [ ! -e "$here/anyway/$uid" ] || start
            echo "Bootstrap failed: 5: Input/output error" >&2; exit 5
          fi
          if [ -e "$here/loaded/$uid" ] || [ -e "$here/disabled/$uid" ] || [ ! -f "$3" ]; then
            echo "Bootstrap failed: 5: Input/output error" >&2; exit 5
          fi
          start ;;
        kickstart)
          [ -e "$here/loaded/$uid" ] || exit 113
          [ ! -e "$here/unkickable/$uid" ] || exit 37
          rm -f "$here/ends/$uid"
          start ;;
      esac`,
  },
  ps: {
    folder: '/bin',
    body: `
      case "$*" in *rss=*) echo " 61440"; exit ;; esac
      cat "$state/processes"
      for live in "$state"/launchd/pid.*; do
        [ ! -e "$live" ] || echo "  \${live##*.} \${state%/.scratch}${installed.node}"
      done`,
  },
  pgrep: { folder: '/usr/bin', body: 'cat "$state/launchd/pid.$2" 2>/dev/null' },
  // A real agent needs real time: half a second each time a script waits for it, however long.
  sleep: {
    folder: '/bin',
    body: `
      read -r now < "$state/seconds"; echo $((now + $1)) > "$state/seconds"
      [ ! -e "$state/launchd/live" ] || sleep 0.5`,
  },
  id: {
    folder: '/usr/bin',
    body: `
      read -r uid < "$state/uid"
      [ "\${SCRATCH_ROOT-no}" = no ] || uid=0
      [ "$1" != -Gn ] || { cat "$state/groups" 2>/dev/null || echo staff; exit; }
      if [ "$1" = -u ] && [ $# = 2 ]; then
        [ -e "$state/users/$2" ] || { echo "id: $2: no such user" >&2; exit 1; }
        read -r uid home < "$state/users/$2"
      fi
      [ "$1" = -un ] || { echo "$uid"; exit; }
      for user in "$state"/users/*; do
        read -r its_uid home < "$user"
        [ "$its_uid" != "$uid" ] || echo "\${user##*/}"
      done`,
  },
  // users/NAME has the uid and the home folder.
  dscl: {
    folder: '/usr/bin',
    body: `
      case $2 in
        -list)
          for user in "$state"/users/*; do
            read -r uid home < "$user"
            printf '%-24s %s\\n' "\${user##*/}" "$uid"
          done ;;
        -read)
          read -r uid home < "$state/users/\${3##*/}"
          if [ "$4" = RealName ]; then printf 'RealName:\n %s Example\n' "\${3##*/}"; exit; fi
          case $home in
            */var/root) printf 'NFSHomeDirectory: %s %s\\n' "$home" "/private$home" ;;
            *' '*) printf 'NFSHomeDirectory:\\n %s\\n' "$home" ;;
            *) printf 'NFSHomeDirectory: %s\\n' "$home" ;;
          esac ;;
      esac`,
  },
  // owners has a line "uid path" for each path that does not belong to root.
  stat: {
    folder: '/usr/bin',
    body: `
      [ "$1" = -f ] || exit 1
      format=$2
      shift 2
      if [ "$format $1" = '%u /dev/console' ]; then exec cat "$state/console"; fi
      if [ "$format $1" = '%Su /dev/console' ]; then read -r uid < "$state/console"; grep -l "^$uid " "$state"/users/* | sed 's|.*/||'; exit; fi
      # To replace this shell takes one process less.
      replace=
      [ $# -gt 1 ] || replace=exec
      for path in "$@"; do
        owner=0
        while read -r uid owned; do
          case $path in "$owned" | "$owned"/*) owner=$uid ;; esac
        done < "$state/owners"
        # %a has the set-user-ID, set-group-ID and sticky bits, and %Lp does not.
        if [ -u "$path" ] || [ -g "$path" ] || [ -k "$path" ]; then
          mode=$(${permissionsAfter('')} "$path") || exit 1
          mode=\${mode#"\${mode%???}"}
          case $format in
            %Lp) echo "$mode"; continue ;;
            '%u %Lp') echo "$owner $mode"; continue ;;
          esac
        fi
        case $format in
          %Lp) $replace ${permissionsAfter('')} "$path" || exit 1 ;;
          %d) $replace ${device} "$path" ;;
          %m) $replace ${modified} "$path" ;;
          %u) [ -e "$path" ] || [ -L "$path" ] || exit 1; echo "$owner" ;;
          '%u %Lp') $replace ${permissionsAfter('$owner ')} "$path" || exit 1 ;;
          *) echo "stat: the scratch Mac does not know $format" >&2; exit 1 ;;
        esac
      done`,
  },
  // Does not change an owner: removes the path from the list of other owners.
  chown: {
    folder: '/usr/sbin',
    body: `
      for path in "$@"; do :; done
      others=
      while read -r uid owned; do
        case $owned in "$path" | "$path"/*) ;; *) others="$others$uid $owned
" ;; esac
      done < "$state/owners"
      printf '%s' "$others" > "$state/owners"`,
  },
  // The call is recorded with its user. The command runs as the user of the test; SCRATCH_UID is the
  // requested one.
  sudo: {
    folder: '/usr/bin',
    body: `
      SCRATCH_ROOT=yes
      while :; do
        case $1 in
          -n) [ ! -e "$state/sudo-asks" ] || { echo "sudo: a password is required" >&2; exit 1; }; shift ;;
          -H) shift ;;
          -u)
            SCRATCH_ROOT=no
            case $2 in
              '#'*) SCRATCH_UID=\${2#?} ;;
              *) read -r SCRATCH_UID HOME < "$state/users/$2" ;;
            esac
            export SCRATCH_UID HOME
            shift 2 ;;
          *) break ;;
        esac
      done
      export SCRATCH_ROOT
      exec "$@"`,
  },
  pkgutil: {
    folder: '/usr/sbin',
    body: `
      # A package is a text file with the path of its unpacked folder.
      case $1 in
        --check-signature) [ -e "$state/signed" ] || { echo "   Status: no signature"; exit 1; }; exit ;;
        --pkgs) ls "$state/receipts"; exit ;;
        --expand-full) read -r unpacked < "$2" && [ -d "$unpacked" ] && exec cp -R "$unpacked" "$3"; exit 1 ;;
      esac
      for package in "$@"; do :; done
      [ -e "$state/receipts/$package" ] || { echo "No receipt for '$package' found at '/'." >&2; exit 1; }
      case $1 in
        --pkg-info) echo "package-id: $package" ;;
        --files) cat "$state/receipts/$package" ;;
        --forget) rm -f "$state/receipts/$package"; echo "Forgot package '$package' on '/'." ;;
      esac`,
  },
  installer: { folder: '/usr/sbin', body: '[ -f "$3" ]' },
  spctl: { folder: '/usr/sbin', body: '[ -e "$state/signed" ]' },
  codesign: {
    folder: '/usr/bin',
    body: `
      for path in "$@"; do :; done
      [ "$1" != -dv ] || echo TeamIdentifier=HX7739G8FX >&2
      [ -f "$path" ]`,
  },
  plutil: {
    folder: '/usr/bin',
    body: `
      case $1 in
        -convert) ${propertyListTool} convert "$2" "$3" ;;
        -extract) ${propertyListTool} extract "$2" "$6" ;;
        *) grep -aq -e '<plist' -e '^bplist' "$2" ;;
      esac`,
  },
  defaults: { folder: '/usr/bin', body: `${propertyListTool} "$@"` },
  // A test chooses the answers of both; swiftDialog's is the number of a button. Their calls have the texts.
  dialog: {
    folder: '/usr/local/bin',
    body: 'if [ -e "$state/button" ]; then read -r button < "$state/button"; exit "$button"; fi',
  },
  osascript: { folder: '/usr/bin', body: 'if [ -e "$state/answer" ]; then cat "$state/answer"; fi' },
  open: { folder: '/usr/bin', body: '' },
  ioreg: { folder: '/usr/sbin', body: `echo '    "IOPlatformSerialNumber" = "C02ABC"'` },
  uname: { folder: '/usr/bin', body: `echo ${process.arch === 'arm64' ? 'arm64' : 'x86_64'}` },
  // A bill of materials is the text that lsbom would print.
  lsbom: { folder: '/usr/bin', body: '[ "$1" = -s ] || exec cat "$1"; exec cut -f 1 "$2"' },
};

import { fileURLToPath } from 'node:url';
import { realTool } from './real-tool.ts';

/** What `defaults` and `plutil -convert` do to a file, by the plist library. */
const propertyListTool = fileURLToPath(new URL('property-list-tool.ts', import.meta.url));

/** A path as `stat -c %a` or macOS's `stat -f %Lp` says its permissions: whichever this machine has. */
const permissions = process.platform === 'darwin' ? '/usr/bin/stat -f %Lp' : `${realTool('stat')} -c %a`;

/**
 * Commands that only a Mac has, or that may not act on this machine: POSIX sh, after `$state` (the folder with what they
 * remember) was set and the call was written down. What they print and answer follows their man pages and the reports
 * cited in docs/unverified-on-mac.md; it is as much of them as the scripts rely on.
 */
export const fakes: Readonly<Record<string, { folder: string; body: string }>> = {
  // A session is a file launchd/sessions/UID; its agent a file launchd/loaded/UID, which holds how often it was started.
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
      # Runs something in somebody's session.
      if [ "$verb" = asuser ]; then shift 2; exec "$@"; fi
      [ -e "$here/sessions/$uid" ] || { echo "Could not find domain for $target" >&2; exit 113; }
      # The number in a file, or 0.
      number() { n=0; if [ -e "$1" ]; then read -r n < "$1"; fi; }
      if [ -e "$here/ends/$uid" ]; then
        number "$here/ends/$uid"
        [ "$n" -gt "$now" ] || rm -f "$here/ends/$uid" "$here/loaded/$uid"
      fi
      start() { number "$here/starts/$uid"; echo $((n + 1)) > "$here/starts/$uid"; : > "$here/loaded/$uid"; }
      case $verb in
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
          number "$here/takes/$uid"
          [ -e "$here/ends/$uid" ] || echo $((now + n)) > "$here/ends/$uid" ;;
        bootstrap)
          number "$here/refusals/$uid"
          if [ "$n" -gt 0 ]; then
            echo $((n - 1)) > "$here/refusals/$uid"
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
  ps: { folder: '/bin', body: 'cat "$state/processes"' },
  sleep: { folder: '/bin', body: 'read -r now < "$state/seconds"; echo $((now + $1)) > "$state/seconds"' },
  id: {
    folder: '/usr/bin',
    body: `
      read -r uid < "$state/uid"
      [ "$1" = -un ] || { echo "$uid"; exit; }
      for user in "$state"/users/*; do
        read -r its_uid home < "$user"
        [ "$its_uid" != "$uid" ] || echo "\${user##*/}"
      done`,
  },
  // users/NAME holds the uid and the home folder.
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
          case $home in
            */var/root) printf 'NFSHomeDirectory: %s %s\\n' "$home" "/private$home" ;;
            *' '*) printf 'NFSHomeDirectory:\\n %s\\n' "$home" ;;
            *) printf 'NFSHomeDirectory: %s\\n' "$home" ;;
          esac ;;
      esac`,
  },
  // owners holds "uid path" of what isn't root's; a home folder is its user's.
  stat: {
    folder: '/usr/bin',
    body: `
      [ "$1" = -f ] || exit 1
      format=$2
      shift 2
      if [ "$format $1" = '%u /dev/console' ]; then exec cat "$state/console"; fi
      for path in "$@"; do
        owner=0
        while read -r uid owned; do
          case $path in "$owned" | "$owned"/*) owner=$uid ;; esac
        done < "$state/owners"
        mode=$(${permissions} "$path") || exit 1
        mode=\${mode#"\${mode%???}"}
        case $format in
          %Lp) echo "$mode" ;;
          '%u %Lp') echo "$owner $mode" ;;
          *) echo "stat: the scratch Mac does not know $format" >&2; exit 1 ;;
        esac
      done`,
  },
  // The owner can't really be given away here: only that it was is remembered.
  chown: {
    folder: '/usr/sbin',
    body: `
      for path in "$@"; do :; done
      : > "$state/owners.new"
      while read -r uid owned; do
        case $owned in "$path" | "$path"/*) ;; *) echo "$uid $owned" >> "$state/owners.new" ;; esac
      done < "$state/owners"
      mv "$state/owners.new" "$state/owners"`,
  },
  // The call is written down with its user; what runs stays this process's own, and is told whose it should be.
  sudo: { folder: '/usr/bin', body: `SCRATCH_UID=\${3#?}; export SCRATCH_UID; shift 3; exec "$@"` },
  pkgutil: {
    folder: '/usr/sbin',
    body: `
      # A package here is a text file that names the folder which it unpacks to.
      case $1 in
        --check-signature) [ -e "$state/signed" ]; exit ;;
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
  spctl: { folder: '/usr/sbin', body: '' },
  codesign: { folder: '/usr/bin', body: '[ -f "$3" ]' },
  plutil: {
    folder: '/usr/bin',
    body: `
      case $1 in
        -convert) exec '${process.execPath}' '${propertyListTool}' convert "$2" "$3" ;;
        -extract) exec '${process.execPath}' '${propertyListTool}' extract "$2" "$6" ;;
        *) grep -aq -e '<plist' -e '^bplist' "$2" ;;
      esac`,
  },
  defaults: { folder: '/usr/bin', body: `exec '${process.execPath}' '${propertyListTool}' "$@"` },
  // Both answer as a test chose, swiftDialog with the number of a button, and leave what they were asked to show in their calls.
  dialog: {
    folder: '/usr/local/bin',
    body: 'if [ -e "$state/button" ]; then read -r button < "$state/button"; exit "$button"; fi',
  },
  osascript: { folder: '/usr/bin', body: 'if [ -e "$state/answer" ]; then cat "$state/answer"; fi' },
  open: { folder: '/usr/bin', body: '' },
  uname: { folder: '/usr/bin', body: `echo ${process.arch === 'arm64' ? 'arm64' : 'x86_64'}` },
  // A bill of materials here is the text that lsbom would print.
  lsbom: { folder: '/usr/bin', body: '[ "$1" = -s ] || exec cat "$1"; exec cut -f 1 "$2"' },
};

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { installed, packageIdentifier } from '../../launchd/installed-paths.ts';
import { nodeFlags } from '../../launchd/launch-agent.ts';
import { entry } from '../helpers/cli.ts';
import { hostAddon } from '../helpers/host-addon.ts';
import { samplePayload } from './installer/sample-payload.ts';
import { realTool } from './real-tool.ts';
import { type ScratchMac, scratchMac } from './scratch-mac.ts';
import { inScratch } from './scratch-paths.ts';

const data = '/Users/alex/Library/Application Support/PSSO Monitor';
const logs = '/Users/alex/Library/Logs/PSSO Monitor';
const alex = { uid: 501, user: 'alex' };
/** As the workflow makes one: a standard user with a space in the home folder. */
const standardUser = { uid: 503, user: 'pssotest', home: '/Users/psso test' };
const asRoot = process.getuid?.() === 0;

/**
 * Commands of macOS that nothing but `check-on-mac.sh --all` asks, and what they answer; `$mac` is the
 * scratch Mac's folder.
 */
const more: Readonly<Record<string, string>> = {
  '/usr/sbin/sysctl': `case "$1 $2" in
    '-n hw.model') echo VirtualMac2,1 ;;
    '-n kern.hv_vmm_present') echo 1 ;;
    '-n kern.bootsessionuuid') echo 5E6FFEBE-0B2C-4F7A-9D1E-3C4B5A697887 ;;
    '-n kern.boottime') echo '{ sec = 1764000000, usec = 5 } Mon Nov 24 16:00:00 2025' ;;
    '-n kern.waketime') cat "$mac/.scratch/waketime" 2>/dev/null || echo '{ sec = 0, usec = 0 }' ;;
    *) exec "$mac/usr/sbin/sysctl.simulated" "$@" ;;
  esac`,
  '/usr/bin/sw_vers': `[ "$1" != -buildVersion ] || { echo 24G84; exit; }; exec "$mac/usr/bin/sw_vers.simulated" "$@"`,
  '/usr/bin/dscl': `case $1 in -plist) exec "$mac/usr/bin/dscl.simulated" "$@" ;; *) exec "$mac/usr/bin/dscl.scratch" "$@" ;; esac`,
  '/usr/sbin/scutil': `[ "$1" != --get ] || { echo "Alex's Mac"; exit; }; exec "$mac/usr/sbin/scutil.simulated" "$@"`,
  '/usr/bin/csrutil': 'echo "System Integrity Protection status: disabled."',
  '/usr/bin/file': 'echo "Mach-O 64-bit executable"',
  '/usr/bin/arch': 'shift; exec "$@"',
  '/usr/sbin/taskpolicy': 'echo 12',
  '/usr/bin/footprint': 'echo "phys_footprint: 41 MB"',
  '/usr/bin/powermetrics': `for one in 501; do :; done
    echo 'Name                               ID     CPU ms/s  User%  Deadlines (<2 ms, 2-5 ms)  Wakeups (Intr, Pkg idle)'
    echo "node                               $(cat "$mac/.scratch/launchd/pid.501")   0.10      66.81  0.00    0.00               0.20   0.00"`,
  '/usr/libexec/PlistBuddy': '[ -f "$3" ]',
  '/usr/bin/man': 'echo SYNOPSIS',
  '/usr/bin/log': '[ "$1" != help ]',
  '/usr/bin/sfltool': 'echo io.github.psso-monitor.agent',
  '/usr/sbin/sysadminctl': `while [ $# -gt 0 ]; do
      case $1 in -addUser) name=$2 ;; -home) home=$2 ;; *) ;; esac
      shift
    done
    mkdir -p "$home" && echo "503 $home" > "$mac/.scratch/users/$name"${asRoot ? ' && chown 503 "$home"' : ''}`,
  '/usr/sbin/createhomedir': '',
  '/usr/bin/shasum':
    process.platform === 'darwin' ? 'exec /usr/bin/shasum "$@"' : 'shift 2; exec sha256sum "$@"',
  '/usr/bin/uuidgen': 'echo 0F0E0D0C-0000-4000-8000-000000000000',
  // As the Installer: the scripts of the checkout, and the payload between them.
  '/usr/sbin/installer': `case $1 in
    -dominfo) exit ;;
    -pkg) ;;
    *) [ -f "$3" ]; exit ;;
  esac
  read -r unpacked < "$2" && [ -d "$unpacked" ] || { echo "installer: Error - the package is broken" >&2; exit 1; }
  payload=$unpacked/agent.pkg/Payload$mac scripts=$mac/.scratch/scripts
  mkdir -p "$mac/var/log"
  {
    sh "$scripts/preinstall" "$2" "$mac" "$mac" && cp -R "$payload/." "$mac" && sh "$scripts/postinstall" "$2" "$mac" "$mac"
    status=$?
    (cd "$payload" && find . -mindepth 1 | cut -c 3- | sort) > "$mac/.scratch/receipts/${packageIdentifier}"
  } > "$mac/.scratch/installer.log" 2>&1
  sed -e "s|$mac/|/|g" -e 's|^|installd[1]: ./postinstall: |' "$mac/.scratch/installer.log" >> "$mac/var/log/install.log"
  exit "$status"`,
  '/bin/bash': `exec '${realTool('bash')}' "$@"`,
  '/bin/zsh': `exec '${realTool('zsh')}' "$@"`,
  '/usr/bin/sqlite3': `exec '${realTool('sqlite3')}' "$@"`,
};

type Options = { psso?: 'registered' | 'unconfigured'; live?: boolean };
export interface WholeMac {
  readonly mac: ScratchMac;
  readonly macos: Sysroot;
}

/**
 * A Mac without the product, with every command of macOS that `check-on-mac.sh` and the steps of the workflow
 * run. With the LaunchAgent installed, the shipped agent really runs, under a launchd of a few lines.
 */
export function freshMac(options: Options = {}, others = [standardUser]): WholeMac {
  const mac = scratchMac({ sessions: [alex], others });
  copyFileSync(mac.path('/usr/bin/dscl'), mac.path('/usr/bin/dscl.scratch'));
  chmodSync(mac.path('/usr/bin/dscl.scratch'), 0o755);
  const macos = installSysroot(mac.root, { user: 'alex' });
  if (options.psso === 'registered') macos.apply({ profile: 'own' });
  else macos.apply({ psso: null });
  for (const [command, body] of Object.entries(more)) {
    const place = mac.path(command);
    if (['sysctl', 'sw_vers', 'dscl', 'scutil'].some((name) => command.endsWith(`/${name}`)))
      renameSync(place, `${place}.simulated`);
    mac.write(command, `#!/bin/sh\nPATH='${process.env.PATH ?? ''}'\nmac='${mac.root}'\n${body}\n`, 0o755);
  }
  if (options.live !== false)
    mac.write(
      '/.scratch/launchd/live',
      `cd /\nmkdir -p '${mac.path(logs)}' && : > '${mac.path(logs)}/agent.log'\nexec '${process.execPath}' ${nodeFlags.join(' ')} '${entry}' run --sysroot '${mac.root}' --data-dir '${mac.path(data)}' --every 1\n`,
    );
  // A test's agents end with it.
  onTestFinished(() => mac.stopLiveAgents());
  mac.write('/.scratch/groups', 'staff admin\n');
  mac.runAs(501);
  if (asRoot)
    for (const { uid, home } of [{ uid: 501, home: '/Users/alex' }, ...others])
      chownSync(mac.path(home), uid, uid);
  return { mac, macos };
}

/**
 * What a package puts on that Mac: small files, and commands that are this machine's Node and the bundled
 * agent.
 */
export function payloadFor(mac: ScratchMac, version: string): string {
  const payload = samplePayload(version);
  const folder = join(payload, installed.folder);
  const put = (path: string, content: string) => writeFileSync(join(payload, path), content);
  // What is measured in seconds takes a minute on a Mac, or depends on how busy the test machine is.
  put(
    installed.node,
    `#!/bin/sh
case "$2" in
  clocks) echo 4; exit ;;
  ended) '${process.execPath}' "$@" >/dev/null && echo 40; exit ;;
  *) exec '${process.execPath}' "$@" ;;
esac
`,
  );
  const bench = `--sysroot '${mac.root}'`;
  const node = `exec '${process.execPath}' '${entry}' "$@" ${bench}`;
  put(
    installed.command,
    `#!/bin/sh
case " $* " in
  *' once '*) [ "\${SCRATCH_ROOT-no}" = no ] || exit 2 ;;
  *) ;;
esac
case " $* " in
  # As real root the agent leaves files of root here; a history must belong to its user.
  *' --all-users '*) ${asRoot ? `'${realTool('chown')}' -R ${alex.uid} '${mac.path(data)}'; ` : ''}${node} ;;
  *' --data-dir '* | *' version '*) ${node} ;;
  *) ${node} --data-dir '${mac.path(data)}' ;;
esac
`,
  );
  copyFileSync(hostAddon(), join(folder, 'lib/better_sqlite3.node'));
  const scripts = join(import.meta.dirname, '../../scripts');
  for (const name of readdirSync(join(scripts, 'on-mac'))) {
    mkdirSync(join(folder, 'share/on-mac'), { recursive: true });
    copyFileSync(join(scripts, 'on-mac', name), join(folder, 'share/on-mac', name));
  }
  const uninstaller = readFileSync(join(scripts, 'uninstall.sh'), 'utf8');
  put(`${installed.folder}/share/uninstall.sh`, inScratch(uninstaller, mac.root));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1));
  put(`${installed.folder}/share/installed-files.txt`, `${files.sort().join('\n')}\n`);
  return payload;
}

/** A Mac on which all is well: installed, and the agent running. */
export function wholeMac(options: Options = {}): WholeMac {
  const { mac, macos } = freshMac(options);
  mac.install(payloadFor(mac, '1.0.0'));
  mac.write('/Users/alex/Library/Logs/PSSO Monitor/agent.log', '{}\n');
  mac.write(
    '/var/log/install.log',
    'installd[1]: ./postinstall: PSSO Monitor: User 501: the agent is started.\ninstalld[1]: ./postinstall: PSSO Monitor: Installed.\n',
  );
  if (options.live === false) {
    const once = [entry, 'once', '--sysroot', mac.root, '--data-dir', mac.path(data)];
    spawnSync(process.execPath, once, { stdio: 'ignore' });
    mac.addProcess(501, mac.path(installed.node));
  }
  const start = ['bootstrap', 'gui/501', mac.path(installed.launchAgent)];
  spawnSync(mac.path('/bin/launchctl'), start, { stdio: 'ignore' });
  return { mac, macos };
}

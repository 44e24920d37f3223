import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { commandFlags } from '../../pkg-build/launcher.ts';
import { type Life, pulled } from '../fleet/pulled.ts';
import { builtOnce } from '../helpers/built-once.ts';
import { entry } from '../helpers/cli.ts';
import { type ScratchMac, type Shell, scratchMac } from '../pkg-build/scratch-mac.ts';

/** The checkout's scripts. */
export const scripts = join(import.meta.dirname, '../../scripts');

export const alex = { uid: 501, user: 'alex' };
export const sam = { uid: 502, user: 'sam' };

/** Whether the tests run as root: any other user can pull only their own history. */
export const asRoot = process.getuid?.() === 0;

const dataFolder = (user: string) => `Users/${user}/Library/Application Support/PSSO Monitor`;

export const tool = '/Library/Application Support/PSSO Monitor/bin/psso-monitor';

/**
 * A Mac with PSSO Monitor: its command is this checkout's, on this simulated Mac. `sudo` and `launchctl
 * asuser` do not change the user; instead the command reads the data folder of the requested user.
 */
export function macWithCommand(
  given: { sessions?: (typeof alex)[]; shell?: Shell; recordsAll?: boolean } = {},
): ScratchMac {
  const mac = scratchMac({ sessions: [alex], ...given });
  // The commands also read settings and languages.
  installSysroot(join(mac.root, '.sysroot'));
  mkdirSync(join(mac.root, 'tmp'), { recursive: true });
  mac.write(
    tool,
    `#!/bin/sh
PATH='${process.env.PATH ?? ''}'
export NODE_COMPILE_CACHE='${process.env.NODE_COMPILE_CACHE ?? ''}'
case \${SCRATCH_UID-${asRoot ? '' : alex.uid}} in
  '') exec '${process.execPath}' ${commandFlags.join(' ')} '${entry}' "$@" --sysroot '${mac.root}' ;;
  ${alex.uid}) user=alex ;;
  ${sam.uid}) user=sam ;;
esac
exec '${process.execPath}' ${commandFlags.join(' ')} '${entry}' "$@" --sysroot '${mac.root}/.sysroot' \\
  --data-dir "${mac.root}/${dataFolder('$user')}"
`,
    0o755,
  );
  mac.write('/Library/LaunchAgents/io.github.psso-monitor.agent.plist', '<plist/>');
  return mac;
}

/** Each history is recorded once a test run. */
async function databaseOf(life: Life): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(life)).digest('hex');
  const folder = await builtOnce(`life-${hash}`, async (folder) => {
    await pulled(folder, 'events.db', life);
  });
  return join(folder, 'events.db');
}

/** Records a history of this user; `polledAgo`: seconds since the agent's last poll. */
export async function recorded(
  mac: ScratchMac,
  who: typeof alex,
  life: Life,
  polledAgo = 60,
): Promise<string> {
  const folder = mac.path(dataFolder(who.user));
  mkdirSync(folder, { recursive: true });
  copyFileSync(await databaseOf(life), join(folder, 'events.db'));
  const run = join(folder, 'agent.json');
  writeFileSync(run, '{}');
  const polled = Date.now() / 1000 - polledAgo;
  utimesSync(run, polled, polled);
  giveTo(mac.path(`Users/${who.user}`), who.uid);
  return folder;
}

/** Without root it changes nothing. */
export function giveTo(folder: string, uid: number): void {
  if (!asRoot) return;
  chownSync(folder, uid, uid);
  chmodSync(folder, 0o755);
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chownSync(join(item.parentPath, item.name), uid, uid);
}

export const healthy = {
  lines: [
    { at: '+1h', psso: { receivedAt: '+1h' } },
    { at: '+2h', end: true },
  ],
};
export const broken = {
  lines: [
    { at: '+1h', psso: { registered: false, userPresent: false } },
    { at: '+2h', end: true },
  ],
};

/** The output of a script, which must end with `status` and print no error. */
export function printed(mac: ScratchMac, script: string, status = 0): string {
  const ran = mac.runPuller(script);
  expect({ ...ran, stdout: '' }).toEqual({ status, stdout: '', stderr: '' });
  return ran.stdout.trimEnd();
}

/** A command that answers every request at once. */
export const answers = `#!/bin/sh
case "$*" in
  *headline*) echo ok ;;
  *'attribute agent'*) echo running ;;
  *dialog*) echo '{"button2text":"Report"}' ;;
  *) echo said ;;
esac
`;

/** Lets these commands do nothing and succeed from now on; their calls are recorded. */
export function idle(mac: ScratchMac, ...commands: string[]): void {
  for (const command of commands) {
    const [, beginning = ''] = /^([\s\S]*?>> .*\n)/.exec(readFileSync(mac.path(command), 'utf8')) ?? [];
    mac.write(command, beginning, 0o755);
  }
}

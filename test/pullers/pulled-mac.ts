import { chmodSync, chownSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entry } from '../cli.ts';
import { type Life, pulled } from '../fleet/pulled.ts';
import { installSysroot } from '../mac/sysroot.ts';
import { type ScratchMac, type Shell, scratchMac } from '../pkg-build/scratch-mac.ts';

export const alex = { uid: 501, user: 'alex' };
export const sam = { uid: 502, user: 'sam' };

const dataFolder = (user: string) => `Users/${user}/Library/Application Support/PSSO Monitor`;

/**
 * A Mac on which PSSO Monitor is installed: its command is this checkout's, and looks at this Mac alone. `sudo` and `launchctl asuser` do not
 * really change who runs, so what is asked for a person is asked of that person's folder.
 */
export function macWithCommand(given: { sessions?: (typeof alex)[]; shell?: Shell } = {}): ScratchMac {
  const mac = scratchMac({
    sessions: given.sessions ?? [alex],
    ...(given.shell ? { shell: given.shell } : {}),
  });
  // Settings and languages are asked for too.
  installSysroot(join(mac.root, '.sysroot'));
  mkdirSync(join(mac.root, 'tmp'), { recursive: true });
  mac.write(
    '/Library/Application Support/PSSO Monitor/bin/psso-monitor',
    `#!/bin/sh
PATH='${process.env.PATH ?? ''}'
case $1 in
  attribute) exec '${process.execPath}' '${entry}' "$@" --sysroot '${mac.root}' ;;
  *) exec '${process.execPath}' '${entry}' "$@" --sysroot '${mac.root}/.sysroot' --data-dir '${mac.root}/${dataFolder('alex')}' ;;
esac
`,
    0o755,
  );
  mac.write('/Library/LaunchAgents/io.github.psso-monitor.agent.plist', '<plist/>');
  return mac;
}

/** What the agent recorded for this person; `lookedAgo`: seconds since its last look. */
export async function recorded(
  mac: ScratchMac,
  who: typeof alex,
  life: Life,
  lookedAgo = 60,
): Promise<string> {
  const folder = mac.path(dataFolder(who.user));
  mkdirSync(folder, { recursive: true });
  await pulled(folder, 'events.db', life);
  const run = join(folder, 'agent.json');
  writeFileSync(run, '{}');
  const looked = Date.now() / 1000 - lookedAgo;
  utimesSync(run, looked, looked);
  giveTo(mac.path(`Users/${who.user}`), who.uid);
  return folder;
}

function giveTo(folder: string, uid: number): void {
  chownSync(folder, uid, uid);
  chmodSync(folder, 0o755);
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chownSync(join(item.parentPath, item.name), uid, uid);
}

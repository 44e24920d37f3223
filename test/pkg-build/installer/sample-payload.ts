import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bundle, installed } from '../../../launchd/installed-paths.ts';
import { launchAgent, ownLaunchAgent } from '../../../launchd/launch-agent.ts';
import { launchAgentPlist } from '../../../launchd/property-list.ts';

/**
 * A small payload with the layout of the package; `chunks` are names of the bundler's chunks, and with
 * `own` it is that of a package that is signed with a Developer ID.
 */
export function samplePayload(version: string, chunks: readonly string[] = [], own = false): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-payload-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = new Map<string, [content: string, mode: number]>([
    [own ? `${bundle.name}/${bundle.program}` : 'bin/node', [`node of ${version}`, 0o755]],
    ...(own ? [`${bundle.name}/Contents/Info.plist`] : []).map((name): [string, [string, number]] => [
      name,
      ['<plist/>', 0o644],
    ]),
    ['bin/psso-monitor', [`#!/bin/sh\necho ${version}\n`, 0o755]],
    ['lib/psso-monitor.mjs', [`// ${version}`, 0o644]],
    ...chunks.map((name): [string, [string, number]] => [`lib/${name}`, ['// a chunk', 0o644]]),
    ['share/uninstall.sh', ['#!/bin/sh\n', 0o755]],
    ['share/man/man1/psso-monitor.1', ['.Dd', 0o644]],
    [`share/docs/${version}.md`, [`# ${version}`, 0o644]],
  ]);
  const listFile = 'share/installed-files.txt';
  files.set(listFile, [`${[...files.keys(), listFile].sort().join('\n')}\n`, 0o644]);
  const write = (path: string, content: string, mode: number) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, mode);
  };
  for (const [name, [content, mode]] of files) write(join(folder, installed.folder, name), content, mode);
  write(join(folder, installed.launchAgent), launchAgentPlist(own ? ownLaunchAgent : launchAgent), 0o644);
  return folder;
}

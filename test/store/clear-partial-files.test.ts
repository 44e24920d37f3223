import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clearPartialFiles } from '../../agent/store/clear-partial-files.ts';
import { temporaryFolder } from './samples.ts';

test('leftovers of killed processes are deleted, and nothing else', () => {
  const folder = temporaryFolder();
  // The id of a process that has ended.
  const { pid: gone } = spawnSync('true');
  const leftovers = [
    `agent.json.${gone}.partial`,
    `state.plist.${gone}.partial`,
    `silences.json.${gone}.partial`,
    `agent.json.${process.pid}.partial`,
    'events.db.before-v2.partial',
    'events.db.salvage.partial',
    'events.db.salvage.partial-wal',
  ];
  const others = [
    'events.db',
    'events.db-wal',
    'agent.json',
    // Of a running process.
    `silences.json.${process.ppid}.partial`,
    // The user's own.
    'notes.partial',
    `export.csv.${gone}.partial`,
  ];
  for (const name of [...leftovers, ...others]) writeFileSync(join(folder, name), 'x');
  mkdirSync(join(folder, 'state.plist.partial'));

  clearPartialFiles(folder);

  expect(readdirSync(folder).sort()).toEqual([...others, 'state.plist.partial'].sort());
  clearPartialFiles(join(folder, 'missing'));
});

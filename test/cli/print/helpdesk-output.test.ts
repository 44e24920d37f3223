import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { issuesOutput } from '../../../agent/cli/output/issues.ts';
import { syncOutput } from '../../../agent/cli/output/sync.ts';
import { statusOutput } from '../../../agent/history/status-output.ts';
import { cli } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';

let data: string;
const psso = (...args: string[]) => cli([...args, '--data-dir', data], { env: { TZ: 'America/New_York' } });
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'psso-monitor-output-'));
  const day = join(import.meta.dirname, '../../../agent/simulation/working-day.ndjson');
  await replayInto(data, day);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

test.each([
  ['status', ['status'], statusOutput],
  ['issues', ['issues', '--all'], issuesOutput],
  ['sync', ['sync'], syncOutput],
] as const)('%s --json has the shape that it says it has, and nothing more', (_, args, shape) => {
  const printed: unknown = JSON.parse(psso(...args, '--json').stdout);
  expect(z.parse(shape, printed)).toEqual(printed);
});

test('sync prints due times in local time, and the lag', () => {
  expect(psso('sync')).toMatchObject({
    status: 0,
    stdout: [
      'Last confirmed good  Due                  Prompted             Refreshed            Outcome          Lag',
      '2026-03-02 03:00:00  2026-03-02 07:05:00  2026-03-02 08:09:00  2026-03-02 08:40:00  password-synced  1 h 35 min (40 min in use)',
      '1 token cycle since 2026-02-23 08:40: 1 late, 1 with a new password. Times in America/New_York.',
      '',
    ].join('\n'),
  });
  expect(psso('issues', '--all').stdout).toMatch(
    /^Status {4}Issue {27}Opened {15}Open for {2}Summary\nresolved {2}password-change-prompt-pending {2}2026-03-02 08:08:00 {2}32 min {4}macOS asks/,
  );
});

test('sync says when no token cycle was due', async () => {
  const empty = join(data, 'empty');
  const lines = join(
    import.meta.dirname,
    '../../scenarios/password-change-prompt-pending.twin-secure-enclave.ndjson',
  );
  await replayInto(empty, lines);
  expect(cli(['sync', '--data-dir', empty])).toMatchObject({
    status: 0,
    stdout: 'No token cycle has been due, prompted or refreshed yet.\n',
  });
  expect(cli(['sync', '--json', '--data-dir', empty]).stdout).toBe('[]\n');
});

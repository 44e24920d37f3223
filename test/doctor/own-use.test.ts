import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf, ownUse } from '../../agent/doctor/checks/own-use.ts';
import { doctorDependencies } from '../../agent/doctor/doctor-dependencies.ts';
import { day, hour, toIso } from '../../agent/shared/time.ts';
import { version } from '../../agent/shared/version.ts';
import type { OwnUseRecord } from '../../agent/store/own-use-record.ts';
import { healthy, noon } from '../daemon/self-watch/polls.ts';

const use: OwnUseRecord = {
  measuredAt: toIso(noon),
  rssBytes: healthy.rssBytes,
  heapBytes: healthy.heapBytes,
  cpuSecondsPerHour: 0.24,
  rowsPerHour: 2,
  rowsWritten: 40,
  lastLookMilliseconds: 300,
  over: [],
};
const restarted = (ago: number) => ({ at: toIso(noon - ago), because: '312 MB of memory (limit 200 MB)' });

describe('the check of the own use', () => {
  test('passes within the limits, with the figures', () => {
    expect(outcomeOf(use, null, noon)).toEqual({
      verdict: 'pass',
      message:
        'Own use is within limits: 55 MB of memory, 0.2 s of processor time an hour, ' +
        '2 rows written an hour, 0.3 s for its last poll.',
      next: null,
    });
    const young = outcomeOf({ ...use, cpuSecondsPerHour: null, rowsPerHour: null }, null, noon);
    expect(young.message).toBe('Own use is within limits: 55 MB of memory, 0.3 s for its last poll.');
  });

  test('warns near a limit and names it', () => {
    const near = outcomeOf({ ...use, rssBytes: 160_000_000 }, null, noon);
    expect(near).toMatchObject({ verdict: 'warn' });
    expect(near.message).toContain('near a limit: 160 MB of memory (limit 200 MB).');
  });

  test('warns over a limit, and names a restart of today', () => {
    const over = { ...use, cpuSecondsPerHour: 400 };
    expect(outcomeOf(over, restarted(2 * day), noon)).toMatchObject({
      verdict: 'warn',
      message: 'The agent uses more than it should: 400 s of processor time an hour (limit 180 s).',
      next: expect.stringContaining('restarts itself while the Mac is awake'),
    });
    expect(outcomeOf(over, restarted(2 * hour), noon)).toMatchObject({
      verdict: 'warn',
      message: expect.stringContaining('It restarted itself at'),
      next: expect.stringContaining('once a day at most'),
    });
  });

  test('passes after a restart of today, and names it', () => {
    expect(outcomeOf(use, restarted(2 * hour), noon)).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('312 MB of memory (limit 200 MB)'),
    });
  });
});

describe('without a measurement', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psso-monitor-own-use-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function asked(file: object | null) {
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir, { recursive: true });
    if (file !== null) writeFileSync(join(dataDir, 'agent.json'), JSON.stringify(file));
    return ownUse.run(await doctorDependencies({ dataDir, sysroot: join(folder, 'mac') }));
  }
  const run = { pid: process.pid, startedAt: toIso(noon), version, cleanStop: false };

  test('the check could not run, and prints the reason', async () => {
    expect(await asked(null)).toMatchObject([{ verdict: 'could-not-run', message: /not running/ }]);
    expect(await asked({ ...run, cleanStop: true, ownUse: use })).toMatchObject([
      { verdict: 'could-not-run' },
    ]);
    expect(await asked(run)).toMatchObject([{ verdict: 'could-not-run', message: /at its first poll/ }]);
    expect(await asked({ ...run, version: '0.0.9' })).toMatchObject([
      { verdict: 'could-not-run', message: /0\.0\.9/ },
    ]);
    expect(await asked({ ...run, ownUse: use })).toMatchObject([{ verdict: 'pass' }]);
  });
});

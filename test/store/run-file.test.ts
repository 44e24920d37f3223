import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRunFile, runFilePath } from '../../agent/store/run-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-run-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string | object) {
  writeFileSync(runFilePath(folder), typeof content === 'string' ? content : JSON.stringify(content));
  return readRunFile(folder);
}

const run = {
  pid: 17,
  startedAt: '2026-11-23T09:17:00.123Z',
  version: '0.1.0',
  cleanStop: false,
  quickDeaths: 2,
  waitsUntil: '2026-11-23T09:20:00Z',
  ownUse: {
    measuredAt: '2026-11-23T09:17:00Z',
    rssBytes: 55_000_000,
    heapBytes: 9_000_000,
    cpuSecondsPerHour: null,
    rowsPerHour: 1.25,
    rowsWritten: 3,
    lastLookMilliseconds: 40,
    over: ['memory'],
  },
  selfRestart: { at: '2026-11-23T09:17:00Z', because: 'memory' },
  maintainedAt: '2026-11-23T12:30:00Z',
  unwritten: { events: 3, since: '2026-11-23T10:00:00Z' },
};

describe('agent.json', () => {
  test('is read without the fields of a later version', () => {
    expect(read({ ...run, ofALaterVersion: true })).toEqual(run);
  });

  test('of an earlier version gets defaults for later fields', () => {
    const { pid, startedAt, version, cleanStop } = run;
    const later = {
      quickDeaths: 0,
      waitsUntil: null,
      ownUse: null,
      selfRestart: null,
      maintainedAt: null,
      unwritten: null,
    };
    expect(read({ pid, startedAt, version, cleanStop })).toEqual({
      pid,
      startedAt,
      version,
      cleanStop,
      ...later,
    });
  });

  const optional = ['ownUse', 'selfRestart', 'maintainedAt', 'unwritten'];
  test.each(optional)('still names the run when %s is invalid', (field) => {
    for (const broken of [1, 'text', [], {}, { at: 'yesterday' }])
      expect(read({ ...run, [field]: broken })).toEqual({ ...run, [field]: null });
  });

  test.each([
    ['pid', 1.5],
    ['startedAt', '2026-11-23'],
    ['version', null],
    ['cleanStop', 'no'],
    ['quickDeaths', 'two'],
    ['waitsUntil', 5],
  ])('says nothing where %s is %j', (field, broken) => {
    expect(read({ ...run, [field]: broken })).toBeNull();
  });

  test.each(['', '{', 'null', '[]', '"text"', '{"pid":1}', '{"__proto__":{"pid":1}}'])(
    'is null when the file is %j',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  test('is null when the file is missing', () => {
    expect(readRunFile(folder)).toBeNull();
  });
});

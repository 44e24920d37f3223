import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { UntrustedReader } from '../../agent/fleet-store/untrusted-reader.ts';
import { UntrustedDatabaseError } from '../../agent/untrusted/untrusted-database-error.ts';
import { entry } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { eventfulDay, live, pull, testFolder, update } from './store-of.ts';

const folder = testFolder();
let database: string;
beforeAll(async () => {
  await live(folder.path('mac'), '2026-03-02T08:00:00Z', eventfulDay);
  database = folder.path('pulls', 'mac.db');
  pull(folder.path('mac'), database);
});

const requestFor = (path: string) => ({ path, after: 0, windowsAfter: null, compare: [] });

async function rightsOf(path: string, secret: string) {
  const scratch = folder.path('scratch');
  mkdirSync(scratch, { recursive: true });
  const program = join(import.meta.dirname, 'processes/rights-of-store-reader.ts');
  const reader = new UntrustedReader<string>([process.execPath, program, '--secret', secret], scratch);
  try {
    reader.ask({ about: 'mac', request: requestFor(path) });
    const { answer } = await reader.next();
    return JSON.parse(answer instanceof UntrustedDatabaseError ? (answer.detail ?? '') : '{}');
  } finally {
    await reader.end();
  }
}

describe('the reader of a store', () => {
  test('has no environment and no folder of its caller', async () => {
    expect(await rightsOf(database, '')).toMatchObject({ answered: 'rows', variables: [], folder: '/' });
  });

  test('of root drops its rights before it opens a database', async () => {
    if (process.getuid?.() !== 0) skipTest('needs root');
    const secret = folder.path('secret');
    writeFileSync(secret, 'secret', { mode: 0o600 });
    chmodSync(database, 0o600);
    chownSync(database, 501, 501);
    expect(await rightsOf(database, secret)).toMatchObject({
      answered: 'rows',
      uid: 65_534,
      groups: [65_534],
      readsSecret: false,
      regained: false,
    });
  });

  test('reads more databases than are requested at once, and names each that it cannot read', async () => {
    for (let index = 0; index < 11; index++) pull(folder.path('mac'), folder.path('many', `${index}.db`));
    writeFileSync(folder.path('many', '3.db'), 'no database');
    const { status, summary } = update(folder.path('many'), folder.path('store'));
    expect(status).toBe(1);
    expect(summary.files.skipped.map(({ file }) => file)).toEqual([expect.stringContaining('3.db')]);
    expect(summary.macs).toBe(1);
  });

  test('that cannot be given a file says so, in the order of the requests', async () => {
    const reader = new UntrustedReader<number>([process.execPath, entry], folder.path('scratch'));
    try {
      for (const [about, path] of [database, folder.path('missing.db'), database].entries())
        reader.ask({ about, request: requestFor(path) });
      const answers = [await reader.next(), await reader.next(), await reader.next()];
      expect(answers.map(({ about, answer }) => [about, answer instanceof UntrustedDatabaseError])).toEqual([
        [0, false],
        [1, true],
        [2, false],
      ]);
    } finally {
      await reader.end();
    }
  });
});

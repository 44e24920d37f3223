import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compactStore } from '../../agent/fleet-store/compact.ts';
import { Ledger } from '../../agent/fleet-store/ledger.ts';
import { recordsIn } from '../../agent/fleet-store/records-in.ts';
import { storeFiles } from '../../agent/fleet-store/store-folder.ts';
import { summaryOfStore } from '../../agent/fleet-store/summary-of-store.ts';
import { updateStore } from '../../agent/fleet-store/update-store.ts';
import { writeNewRecords } from '../../agent/fleet-store/write-new-records.ts';
import { ProblemError } from '../../agent/shared/errors.ts';
import { randomOf } from '../../scripts/fuzz/random-texts.ts';
import { type SampleStore, sampleStore, useDamaged } from '../../scripts/fuzz/stores.ts';

/** A store that is damaged, hostile or restored in part: a clear error, and no file is lost. */

let scratch: string;
let sample: SampleStore;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'psso damaged store '));
  sample = await sampleStore(scratch);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let copies = 0;
function copy(): { store: string; out: string } {
  const folder = join(scratch, `copy ${++copies}`);
  cpSync(sample.folder, folder, { recursive: true });
  return { store: join(folder, 'store'), out: join(folder, 'out') };
}

const now = Date.UTC(2026, 3, 1);
const progress = () => {};
const update = (store: string) => updateStore(store, [], { now, command: [], progress });
const report = (store: string) =>
  summaryOfStore(store, { now, since: null, silentAfterSeconds: 86_400, files: null, progress });

/** Reads each history as a run with a changed database does. */
function eachHistory(store: string): void {
  const ledger = new Ledger(store, 'read');
  try {
    for (const { id } of ledger.histories(0)) ledger.history(id);
  } finally {
    ledger.close();
  }
}

function inLedger(store: string, sql: string, ...values: (string | Uint8Array)[]): void {
  const db = new Database(join(store, 'ledger.db'));
  db.prepare(sql).run(...values);
  db.close();
}

/** The message, when it is an expected error. */
async function problem(use: () => unknown): Promise<string> {
  try {
    await use();
  } catch (error) {
    if (error instanceof ProblemError) return error.message;
    throw error;
  }
  return 'no error';
}

test.each<[string, (ledger: string) => void, RegExp]>([
  ['missing', (ledger) => rmSync(ledger), /has files, but its ledger\.db is missing or empty\. Nothing was/],
  ['empty', (ledger) => truncateSync(ledger, 0), /has files, but its ledger\.db is missing or empty/],
  [
    'of another kind',
    (ledger) => writeFileSync(ledger, 'x'.repeat(8192)),
    /ledger\.db of .* is damaged: file is/,
  ],
])('a ledger that is %s deletes no file of the store', async (_, damage, said) => {
  const { store } = copy();
  const files = storeFiles(store);
  damage(join(store, 'ledger.db'));
  expect(await problem(() => update(store))).toMatch(said);
  expect(await problem(() => compactStore(store, progress))).toMatch(said);
  expect(storeFiles(store)).toEqual(files);
});

test.each([
  ['later', '3', /is of a later version: update PSSO Monitor\./],
  ['earlier', '1', /was made by a test build of PSSO Monitor, which .* Name a new folder/],
])('a ledger of a %s version stays unchanged', async (_, version, said) => {
  const { store } = copy();
  const files = storeFiles(store);
  inLedger(store, 'UPDATE meta SET value = ? WHERE key = ?', version, 'version');
  const ledger = readFileSync(join(store, 'ledger.db'));
  for (const use of [update, report]) expect(await problem(() => use(store))).toMatch(said);
  expect(await problem(() => compactStore(store, progress))).toMatch(said);
  expect(storeFiles(store)).toEqual(files);
  expect(readFileSync(join(store, 'ledger.db')).equals(ledger)).toBe(true);
});

test('a ledger that was restored from an older backup deletes no later file', async () => {
  const { store } = copy();
  inLedger(store, "UPDATE meta SET value = '0' WHERE key = 'run'");
  const files = storeFiles(store);
  expect(await problem(() => update(store))).toMatch(/ledger\.db of the store .* is older than its files/);
  expect(storeFiles(store)).toEqual(files);
});

test.each<[string, string, (string | Uint8Array)[], RegExp]>([
  [
    'a run that is no number',
    "UPDATE meta SET value = 'x' WHERE key = 'run'",
    [],
    /run is not a whole number/,
  ],
  [
    'a trigger',
    'CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM history; END',
    [],
    /views or triggers/,
  ],
  ['a row of another type', "UPDATE history SET mac = x'00'", [], /the row of a history is invalid/],
  ['a record that is no zstd', 'UPDATE history SET record = ?', [new Uint8Array([1])], /it is not complete/],
  [
    'a record that is cut',
    'UPDATE history SET record = ?',
    [zstdCompressSync('{"x":1}').subarray(0, -1)],
    /it is not complete/,
  ],
  ['a record that is no JSON', 'UPDATE history SET record = ?', [zstdCompressSync('{"x')], /it is no JSON/],
  [
    'a record that unpacks to 80 MB',
    'UPDATE history SET record = ?',
    [zstdCompressSync(Buffer.alloc(80 * 1024 * 1024))],
    /it is not complete/,
  ],
  // A report does not read them.
  ['marks that are no JSON', "UPDATE history SET marks = '['", [], /is damaged: /],
])('%s in the ledger is a clear error', async (_, sql, values, said) => {
  const { store } = copy();
  inLedger(store, sql, ...values);
  const messages = await Promise.all([report, update, eachHistory].map((use) => problem(() => use(store))));
  expect(messages.join('\n')).toMatch(said);
});

test('an unfinished compaction deletes files of this store only, also after the store was moved', async () => {
  const { store } = copy();
  const other = join(scratch, 'other.txt');
  writeFileSync(other, '');
  const [first, second] = storeFiles(store).filter(({ table }) => table === 'events');
  const moved = `/elsewhere/events/month=${first?.month}/run-000001.parquet`;
  for (const [key, value] of [
    ['replaced', `${other}\n${moved}`],
    ['replacement', second?.path ?? ''],
  ] as const)
    inLedger(store, 'INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value);
  await update(store);
  expect(readFileSync(other, 'utf8')).toBe('');
  expect(storeFiles(store).map(({ path }) => path)).not.toContain(first?.path);
  expect(storeFiles(store).map(({ path }) => path)).toContain(second?.path);
});

test('a file that is not as it was written is not read, and stays', async () => {
  const { store, out } = copy();
  const files = storeFiles(store);
  // The second run, which the consumer does not have.
  const path = files.find(({ table, run }) => table === 'macs' && run === 2)?.path ?? '';
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  writeFileSync(path, bytes);
  const said = /month=2026-03\/run-000002\.parquet can't be read: it is not as it was written/;
  expect(await problem(() => writeNewRecords(store, out, 'ndjson', progress))).toMatch(said);
  // Compaction would keep the runs apart for the consumers.
  inLedger(store, 'DELETE FROM consumer');
  expect(await problem(() => compactStore(store, progress))).toMatch(said);
  expect(await problem(() => report(store))).toBe('no error');
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('a FIFO in the place of a file, or of a position, is refused', async () => {
  const { store, out } = copy();
  const [file] = storeFiles(store);
  rmSync(join(out, 'position.json'));
  execFileSync('mkfifo', [join(out, 'position.json')]);
  expect(await problem(() => writeNewRecords(store, out, 'ndjson', progress))).toMatch(
    /position\.json can't/,
  );
  rmSync(file?.path ?? '');
  execFileSync('mkfifo', [file?.path ?? '']);
  const read = () => Array.fromAsync(recordsIn(storeFiles(store)));
  expect(await problem(read)).toMatch(/can't be read: it is not a regular/);
});

/** Found by `npm run fuzz`, and some more. */
test.each([6, 9, 19, 253, 264, 466])(
  'damage at random, seed %i: an expected error or the same rows',
  async (seed) => {
    await useDamaged(sample, scratch, randomOf(seed));
  },
);

import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { compactStore } from '../../agent/fleet-store/compact.ts';
import { keepInStore } from '../../agent/fleet-store/keep.ts';
import { storeFiles } from '../../agent/fleet-store/store-folder.ts';
import { summaryOfStore } from '../../agent/fleet-store/summary-of-store.ts';
import { updateStore } from '../../agent/fleet-store/update-store.ts';
import { writeNewRecords } from '../../agent/fleet-store/write-new-records.ts';
import { ProblemError } from '../../agent/shared/errors.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { mutated } from './random-texts.ts';

type Random = (below: number) => number;

const now = Date.UTC(2026, 3, 1);
const progress = () => {};
const entry = fileURLToPath(new URL('../../agent/psso-monitor.js', import.meta.url));
const call = { now, command: [process.execPath, entry], progress };
const report = { now, since: null, silentAfterSeconds: 86_400, files: null, progress };
const day = [
  { at: '+1h', companyPortal: '5.2602.0' },
  { at: '+2h', psso: { state: 1 } },
  { at: '+3h', psso: { state: 0, receivedAt: '+3h' }, passwordLastSetAt: '+3h' },
  { at: '+4h', psso: { registered: false, userPresent: false } },
  { at: '+5h', psso: { registered: true, userPresent: true, receivedAt: '+5h' } },
  { at: '+10h', end: true },
];

/** A folder with a store after two runs and a consumer's folder that has the first, and its records. */
export interface SampleStore {
  readonly folder: string;
  readonly records: number;
  /** Its records after compaction, which leaves out superseded rows. */
  readonly compacted: number;
}

export async function sampleStore(scratch: string): Promise<SampleStore> {
  const [mac, folder] = [join(scratch, 'mac'), join(scratch, 'sample')];
  for (const start of ['2026-03-02T08:00:00Z', '2026-03-03T08:00:00Z']) {
    const lines = [{ scenario: 's', start, macos: '15.6', user: 'alex' }, ...day];
    await replay(parseScenario(lines.map((line) => JSON.stringify(line)).join('\n')), { dataDir: mac });
    const found = { path: join(mac, 'events.db'), mac: 'C02ABC', host: 'C02ABC' };
    const { skipped } = await updateStore(join(folder, 'store'), [found], call);
    if (skipped.length > 0) throw new Error(JSON.stringify(skipped));
    if (start.includes('03-02'))
      await writeNewRecords(join(folder, 'store'), join(folder, 'out'), 'ndjson', progress);
  }
  const { records } = await writeNewRecords(join(folder, 'store'), join(scratch, 'all'), 'ndjson', progress);
  const copy = join(scratch, 'compacted');
  cpSync(join(folder, 'store'), copy, { recursive: true });
  withLedger(copy, (db) => db.exec('DELETE FROM consumer'));
  await compactStore(copy, progress);
  const { records: compacted } = await writeNewRecords(copy, join(scratch, 'less'), 'ndjson', progress);
  return { folder, records, compacted };
}

/**
 * Damages a copy of the store or of the consumer's folder, and uses it in every way. Throws when that fails
 * in another way than by a ProblemError, or gives another number of records.
 */
export async function useDamaged(sample: SampleStore, scratch: string, random: Random): Promise<void> {
  const folder = join(scratch, 'damaged');
  rmSync(folder, { recursive: true, force: true });
  cpSync(sample.folder, folder, { recursive: true });
  const [store, out] = [join(folder, 'store'), join(folder, 'out')];
  damages[random(damages.length)]?.(store, out, random);
  async function countTo(name: string, all: number): Promise<void> {
    const { records } = await writeNewRecords(store, join(folder, name), 'ndjson', progress);
    if (records !== all) throw new Error(`${records} of ${all} records are read`);
  }
  await expecting(() => countTo('before', sample.records));
  await expecting(() => summaryOfStore(store, report));
  const files = storeFiles(store).length;
  await expecting(() => writeNewRecords(store, out, random(2) === 0 ? 'ndjson' : 'otel', progress));
  await expecting(() => updateStore(store, [], call));
  const left = storeFiles(store).length;
  if (left < files) throw new Error(`a run deleted ${files - left} of ${files} files`);
  // With consumers, compaction would keep the two runs apart.
  withLedger(store, (db) => db.exec('DELETE FROM consumer'));
  await expecting(() => compactStore(store, progress));
  await expecting(() => countTo('after', sample.compacted));
  await expecting(() => keepInStore(store, now));
}

type Damage = (store: string, out: string, random: Random) => void;

const damages: readonly Damage[] = [
  (store, _, random) => cut(parquetIn(store, random), random),
  (store, _, random) => inBytes(parquetIn(store, random), random),
  (store, _, random) => inFooter(parquetIn(store, random), random),
  (store, _, random) => inBytes(join(store, 'ledger.db'), random),
  (store, _, random) => inBytes(join(store, 'ledger.db'), random),
  (store, _, random) => cut(join(store, 'ledger.db'), random),
  (store, _, random) => inRecord(store, random),
  (store, _, random) => inLedger(store, random),
  (_, out, random) => inText(join(out, 'position.json'), random),
];

function parquetIn(store: string, random: Random): string {
  const files = storeFiles(store);
  return files[random(files.length)]?.path ?? '';
}

function cut(path: string, random: Random): void {
  truncateSync(path, random(statSync(path).size));
}

function inBytes(path: string, random: Random): void {
  const bytes = readFileSync(path);
  for (let change = random(8); change >= 0; change -= 1) bytes[random(bytes.length)] = random(256);
  writeFileSync(path, bytes);
}

/** The footer says how many rows there are, and where. */
function inFooter(path: string, random: Random): void {
  const bytes = readFileSync(path);
  const length = bytes.readUInt32LE(bytes.length - 8);
  for (let change = random(4); change >= 0; change -= 1)
    bytes[bytes.length - 8 - 1 - random(length)] = random(256);
  writeFileSync(path, bytes);
}

function inRecord(store: string, random: Random): void {
  withLedger(store, (db) => {
    const record = db.prepare<[], Uint8Array>('SELECT record FROM history').pluck().get() ?? new Uint8Array();
    const text = zstdDecompressSync(record).toString('utf8');
    db.prepare('UPDATE history SET record = ?').run(zstdCompressSync(mutated([text], random)));
  });
}

/** Another value in any place of the ledger. */
function inLedger(store: string, random: Random): void {
  const values = [
    '',
    'x',
    '-1',
    '1e999',
    '[1]',
    '[[1]]',
    '{}',
    '99',
    'NaN',
    null,
    1.5,
    -7,
    new Uint8Array([1]),
  ];
  const columns = [
    ...['meta.value', 'history.id', 'history.base', 'history.mac', 'history.last_id', 'history.last_at'],
    ...['history.marks', 'history.record', 'file.stamp', 'file.history', 'file.mac', 'consumer.run'],
  ];
  const [table, column] = (columns[random(columns.length)] ?? '').split('.');
  withLedger(store, (db) => {
    db.prepare(`UPDATE OR IGNORE ${table} SET ${column} = ?`).run(values[random(values.length)]);
  });
}

function withLedger(store: string, change: (db: Database.Database) => void): void {
  const db = new Database(join(store, 'ledger.db'));
  try {
    change(db);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    db.close();
  }
}

function inText(path: string, random: Random): void {
  writeFileSync(path, mutated([readFileSync(path, 'utf8'), '{}', 'null', '[]'], random));
}

async function expecting(use: () => unknown): Promise<void> {
  try {
    await use();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

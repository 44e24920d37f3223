import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PulledDatabases } from '../agent/fleet-store/pulled-databases.ts';
import { readNewRows } from '../agent/fleet-store/read-new-rows.ts';
import { createSettingsReader } from '../agent/settings/read-settings.ts';
import { ProblemError } from '../agent/shared/errors.ts';
import { openStore } from '../agent/store/sqlite-store.ts';
import { readUntrustedDatabase, UntrustedDatabaseError } from '../agent/untrusted/read-untrusted-database.ts';
import { readWalk, walkPath } from '../agent/validation/walk-file.ts';
import { longTexts } from './fuzz/long-texts.ts';
import { mutated, randomOf } from './fuzz/random-texts.ts';
import { readDamagedAnswer } from './fuzz/reader-answers.ts';
import { sampleStore, useDamaged } from './fuzz/stores.ts';
import { textParsers } from './fuzz/text-parsers.ts';
import { runText, withFigures, writeReliabilityPage } from './reliability/reliability-page.ts';

// npm run fuzz -- [--seconds N] [--seed N] [--write]: throws mutated texts and databases at every reader of
// input from outside. A finding prints its seed and ends the run with status 1. `test/` keeps what was found.
// --write puts the figures into docs/reliability.md.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
/** A text of 200 KB takes milliseconds. Other work on the machine can take the processor for a while. */
const slowMs = 5_000;
const until = performance.now() + seconds * 1000;
let runs = 0;
let findings = 0;
let slowest = 0;

console.log(`fuzz: ${seconds} s, --seed ${seed}`);
const samples = [
  ...sampleTexts('test/field'),
  ...sampleTexts('test/scenarios').slice(0, 20),
  ...sampleTexts('docs/admin/rules'),
  ...sampleTexts('test/fleet/password-changes/exports'),
];
const database = sampleDatabase();
/** What a walk wrote: `validation.json`. */
const walk = JSON.stringify({
  version: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  since: null,
  skipped: ['migration'],
  passed: [
    {
      id: 'registration',
      title: 'Registration',
      result: 'passed',
      at: '2026-01-01T01:00:00.000Z',
      sentence: 'It passed.',
      judgedBy: ['v_state'],
      issue: null,
      cause: null,
      remedy: [],
      stages: [],
    },
  ],
});
const folder = mkdtempSync(join(tmpdir(), 'psso-fuzz-'));
const copies = mkdtempSync(join(folder, 'copies-'));
const databases = new PulledDatabases(copies);
const store = await sampleStore(folder);
try {
  for (let round = seed; performance.now() < until; round += 1) {
    const random = randomOf(round);
    const text = mutated(samples, random);
    for (const [name, parse] of Object.entries(textParsers)) await attempt(name, round, () => parse(text));
    await attempt('settings', round, () => settingsOf(text));
    if (round % 20 === 0) await attempt('database', round, () => readDatabase(random));
    if (round % 40 === 0) await attempt('store', round, () => useDamaged(store, folder, random));
    await attempt('walk', round, () => readDamagedWalk(random));
    await attempt("reader's answer", round, () => readDamagedAnswer(random));
  }
  if (seconds >= 60)
    for (const { name, text } of longTexts(100_000))
      for (const [parser, parse] of Object.entries(textParsers))
        if (parser !== 'redacted text') await attempt(`${parser} ${name}`, seed, () => parse(text));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const figure = `${runs.toLocaleString('en')} runs, slowest ${Math.round(slowest)} ms, ${findings} findings`;
console.log(`fuzz: ${figure}`);
if (values.write && findings === 0) {
  const run = runText(`--seconds ${seconds} --seed ${seed}`);
  writeReliabilityPage((page) => withFigures(page, { fuzz: `${figure} (${run})` }));
}
process.exitCode = findings === 0 ? 0 : 1;

async function attempt(name: string, round: number, run: () => unknown): Promise<void> {
  const began = performance.now();
  try {
    await run();
  } catch (error) {
    findings += 1;
    console.log(`fuzz: ${name} throws, --seed ${round} --seconds 1: ${String(error).slice(0, 300)}`);
  }
  const took = performance.now() - began;
  runs += 1;
  slowest = Math.max(slowest, took);
  if (took < slowMs) return;
  findings += 1;
  console.log(`fuzz: ${name} takes ${Math.round(took)} ms, --seed ${round} --seconds 1`);
}

async function settingsOf(text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const read = createSettingsReader({
    files: { read: async () => ({ ok: true, value: bytes }), stamp: async () => null },
    who: { name: 'alex', home: '/Users/alex' },
    userFile: () => text,
  });
  await read();
}

/** Changes bytes of a database, and reads it as one of another person. */
function readDatabase(random: (below: number) => number): void {
  const bytes = Buffer.from(database);
  for (let change = random(40); change >= 0; change -= 1) bytes[random(bytes.length)] = random(256);
  const path = join(folder, 'events.db');
  const plain = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
  writeFileSync(path, random(3) === 0 ? damagedPacked(plain, random) : plain);
  try {
    readUntrustedDatabase(path);
  } catch (error) {
    if (!(error instanceof UntrustedDatabaseError)) throw error;
  }
  try {
    databases.with(path, (db) =>
      readNewRows(db, { path, after: random(3), windowsAfter: null, compare: random(2) === 0 ? [] : [1, 2] }),
    );
  } catch (error) {
    const ofSqlite = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
    if (!ofSqlite && !(error instanceof UntrustedDatabaseError)) throw error;
  }
}

/** Packed by gzip; also cut, with other bytes, or with something after its end. */
function damagedPacked(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const packed = gzipSync(bytes, { level: 1 });
  const change = random(4);
  if (change === 0) return packed.subarray(0, random(packed.length));
  if (change === 1) packed[random(packed.length)] = random(256);
  return change === 2 ? Buffer.concat([packed, packed.subarray(0, random(40))]) : packed;
}

/** Changes the progress of a validation. */
function readDamagedWalk(random: (below: number) => number): void {
  writeFileSync(walkPath(copies), mutated([walk, '{}', 'null'], random));
  try {
    readWalk(copies);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

function sampleTexts(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
    .map(({ name }) => readFileSync(join(path, name), 'utf8'));
}

function sampleDatabase(): Buffer {
  const place = mkdtempSync(join(tmpdir(), 'psso-fuzz-'));
  const path = join(place, 'events.db');
  try {
    openStore({ path, agentVersion: '0.1.0', now: Date.UTC(2026, 0, 1) }).close();
    return readFileSync(path);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

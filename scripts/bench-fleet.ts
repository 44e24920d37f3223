import { execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import Database from 'better-sqlite3';
import { uidOfNobody } from '../agent/untrusted/drop-privileges.ts';
import { duckdbStatements } from '../test/fleet-store/duckdb-statements.ts';
import { unpackInstalled } from '../test/installed/unpack-installed.ts';
import { median } from './bench/figure.ts';
import { addDay, makeFleet } from './bench/made-fleet.ts';
import { type MeasuredRun, measuredRun, type RunUser } from './bench/measured-run.ts';
import { openedPage } from './bench/opened-page.ts';

/**
 * `npm run bench:fleet`: a fleet's store beside a report without one, by the installed files. The figure is
 * processor time, which other programs on the machine change less than the time by the clock. What a Mac more
 * takes of memory is the difference to the runs of a tenth of the Macs. In the first thousands of Macs, V8
 * compiles what runs often and its heap grows to its usual size: so a first load is also compared with that
 * of half of the Macs. What a report has in use for a Mac more is the difference after full garbage
 * collections. Exit status 1 only for a count: an event lost or twice, too many bytes for an event, or in use
 * for a Mac.
 *
 * The runs have the rights of an ordinary user, as an admin's runs have. `--as-root` keeps those of root,
 * whose databases are copied for a reader without rights.
 */
const { values } = parseArgs({
  options: {
    macs: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '100' },
    short: { type: 'boolean', default: false },
    'as-root': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || process.platform !== 'linux') {
  console.log('Usage, on Linux: npm run bench:fleet -- [--macs N] [--kills N] [--short] [--as-root]');
  process.exit(values.help ? 0 : 1);
}
const macs = values.short ? 40 : Number(values.macs);
const fewMacs = Math.ceil(macs / 10);
const halfOfMacs = Math.ceil(macs / 2);
/** Runs without changes differ by 2 MB of peak memory, and those of a query by half of its time. */
const repeats = values.short ? 1 : 7;
const kills = values.short ? 10 : Number(values.kills);
const queries = fileURLToPath(new URL('../share/queries', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bench-store-'));
const { command } = await unpackInstalled(join(folder, 'package'));
const [pulls, store] = [join(folder, 'pulls'), join(folder, 'store')];
const [fewPulls, fewStore] = [join(folder, 'few-pulls'), join(folder, 'few-store')];
const [halfPulls, halfStore] = [join(folder, 'half-pulls'), join(folder, 'half-store')];
const page = join(folder, 'fleet.html');
const problems: string[] = [];

const isRoot = process.geteuid?.() === 0;
const user: RunUser = isRoot && !values['as-root'] ? { uid: uidOfNobody, gid: uidOfNobody } : null;

const fleet = (...args: string[]) => measuredRun([command, 'fleet', ...args], user);
const line = (what: string, run: MeasuredRun, goal = '') => {
  const { processorSeconds, seconds, peakMegabytes } = run;
  const figures = [
    `${processorSeconds.toFixed(2)} s`,
    `${seconds.toFixed(1)} s`,
    `${peakMegabytes.toFixed(0)} MB`,
  ];
  console.log(`| ${[what, ...figures, goal].join(' | ')} |`);
};

/** The memory of a run beside that of the same run of fewer Macs. */
const slopes: string[] = [];
const slope = (what: string, all: MeasuredRun, few: MeasuredRun, of = fewMacs) => {
  const [most, least] = [all.peakMegabytes, few.peakMegabytes];
  const each = ((most - least) * 1000) / (macs - of);
  slopes.push(`| ${what} | ${of} | ${least.toFixed(1)} MB | ${most.toFixed(1)} MB | ${each.toFixed(2)} kB |`);
};

try {
  process.stderr.write(`making ${macs} databases …\n`);
  const paths = await makeFleet(folder, macs, values.short ? [0, 6] : undefined);
  for (const [to, of] of [[fewPulls, fewMacs] as const, [halfPulls, halfOfMacs] as const]) {
    mkdirSync(to);
    for (const path of paths.slice(0, of)) linkSync(path, join(to, basename(path)));
  }
  if (user !== null)
    for (const path of [folder, pulls, fewPulls, halfPulls, ...paths]) chownSync(path, user.uid, user.gid);
  console.log(
    `${macs} Macs of ${contentOf(paths)} each, ${cpus().length} × ${cpus()[0]?.model.trim() ?? ''}\n`,
  );
  console.log('| run | processor | clock | peak memory | goal for 10,000 |\n| --- | --- | --- | --- | --- |');
  line('report without a store', await fleet(pulls));
  line('`--otel` without a store', await fleet(pulls, '--otel', join(folder, 'fleet.ndjson')));
  const load = await beside('first load', [], { goal: '60 s, 300 MB' });
  if (!values.short) slope('first load', load, await fleet(halfPulls, '--store', halfStore), halfOfMacs);
  const unchanged = { goal: '3 s, 300 MB', times: repeats };
  await beside('nothing changed', [], unchanged);
  await beside('nothing changed, with `--html`', ['--html', page, '--force'], unchanged);
  for (const path of paths) addDay(path);
  line('all changed, a day', await fleet(pulls, '--store', store), '20 s');
  const sizes: string[] = [];
  for (const form of ['ndjson', 'otel']) {
    const out = join(folder, form);
    line(`\`--${form}\` of all records`, await fleet('--store', store, `--${form}`, out));
    sizes.push(`\`--${form}\` of all records has ${(sizeOf(out) / 1e6).toFixed(0)} MB.`);
  }
  const ofStore = { goal: '300 MB', alone: true, times: repeats };
  await beside('report of the store alone', [], ofStore);
  await beside('report of the store alone, with `--html`', ['--html', page, '--force'], ofStore);
  console.log(
    `\n| run | Macs in the smaller run | its peak memory | with ${macs} | a Mac more; the goal is 0.1 kB |`,
  );
  console.log('| --- | --- | --- | --- | --- |');
  if (fewMacs >= 500) compareInUse();
  for (const row of slopes) console.log(row);
  const opened = (await openedPage(page)).map((seconds) => `${seconds.toFixed(2)} s`);
  console.log(`\nThe page has ${sizeOfFile(page)} kB, and opens in ${opened.join(', ')}; the goal is 1 s.`);
  for (const size of sizes) console.log(size);
  await counted('after the runs');
  await timeQueries('after the runs');
  await killAtRandom(paths);
  await counted(`after ${kills} kills`);
  await fleet('compact', '--store', store);
  await counted('after compaction');
  await timeQueries('after compaction');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/** Runs the store of a tenth of the Macs, then that of all. `alone`: without a folder of databases. */
async function beside(
  what: string,
  options: readonly string[],
  { goal, alone = false, times = 1 }: { goal: string; alone?: boolean; times?: number },
): Promise<MeasuredRun> {
  const few = await middleOf(times, ...(alone ? [] : [fewPulls]), '--store', fewStore, ...options);
  const all = await middleOf(times, ...(alone ? [] : [pulls]), '--store', store, ...options);
  line(what, all, goal);
  slope(what, all, few);
  return all;
}

/** The medians of so many runs. */
async function middleOf(times: number, ...args: string[]): Promise<MeasuredRun> {
  const runs: MeasuredRun[] = [];
  for (let run = 0; run < times; run++) runs.push(await fleet(...args));
  const middle = (key: keyof MeasuredRun) => median(runs.map((one) => one[key]));
  return {
    processorSeconds: middle('processorSeconds'),
    seconds: middle('seconds'),
    peakMegabytes: middle('peakMegabytes'),
  };
}

function compareInUse(): void {
  const program = fileURLToPath(new URL('bench/memory-in-use.ts', import.meta.url));
  const [few = 0, all = 0] = [fewStore, store].map((of) =>
    Number(execFileSync(process.execPath, ['--expose-gc', program, of], { encoding: 'utf8' })),
  );
  const each = (all - few) / (macs - fewMacs);
  const [least, most] = [few, all].map((bytes) => `${(bytes / 1e6).toFixed(2)} MB`);
  slopes.push(`| in use by a report | ${fewMacs} | ${least} | ${most} | ${(each / 1000).toFixed(2)} kB |`);
  if (each > 100) problems.push(`${each.toFixed(0)} B in use for a Mac more, and 100 is the goal.`);
}

/** What a database holds on average. */
function contentOf(paths: readonly string[]): string {
  let [events, cycles, bytes] = [0, 0, 0];
  for (const path of paths) {
    events += rowsIn(path, 'event');
    cycles += rowsIn(path, 'sync_cycle');
    bytes += statSync(path).size;
  }
  const each = (sum: number) => (sum / paths.length).toFixed(0);
  return `${each(events)} events, ${each(cycles)} token cycles and ${each(bytes / 1000)} kB`;
}

/** Every event of every database, once. */
async function counted(when: string): Promise<void> {
  const [row] = await inDuckdb(
    'SELECT count(*)::INTEGER AS events, count(DISTINCT (history, id))::INTEGER AS ids FROM events',
  );
  const there = readdirSync(pulls).reduce((sum, name) => sum + rowsIn(join(pulls, name), 'event'), 0);
  const bytes = sizeOf(join(store, 'events')) / there;
  console.log(
    `\n${when}: ${row?.events} events in the store, ${row?.ids} different ones, ${there} in the databases;`,
  );
  console.log(
    `${bytes.toFixed(1)} B an event, ${(sizeOf(store) / there).toFixed(1)} B with all tables and the ledger.`,
  );
  if (row?.events !== there || row?.ids !== there) problems.push(`${when}: an event is lost or there twice.`);
  if (bytes > 15 && macs >= 1000)
    problems.push(`${when}: ${bytes.toFixed(1)} B an event, and 15 is the goal.`);
}

async function timeQueries(when: string): Promise<void> {
  console.log(
    `\n| query ${when} | processor | clock | goal for 5.6 million events: 0.3 s |\n| --- | --- | --- | --- |`,
  );
  for (const name of readdirSync(queries)) {
    const sql = readFileSync(join(queries, name), 'utf8');
    let rows = await inDuckdb(sql);
    const [processor, clock]: [number[], number[]] = [[], []];
    for (let round = 0; round < repeats; round++) {
      const [began, before] = [performance.now(), process.cpuUsage()];
      rows = await inDuckdb(sql);
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1e6);
      clock.push((performance.now() - began) / 1e3);
    }
    const cells = [
      `${median(processor).toFixed(3)} s`,
      `${median(clock).toFixed(3)} s`,
      `${rows.length} rows`,
    ];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}

/** In a new DuckDB, as the command of docs/admin/store-duckdb.md starts one for each query. */
async function inDuckdb(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    for (const statement of duckdbStatements(store)) await connection.run(statement);
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Kills a run at a random moment of it, again and again, and lets the last one end. */
async function killAtRandom(paths: readonly string[]): Promise<void> {
  process.stderr.write(`killing ${kills} runs …\n`);
  for (const path of paths) addDay(path);
  let { seconds } = await fleet('--store', store);
  for (let kill = 0; kill < kills; kill++) {
    if (kill % 10 === 9) for (const path of paths.slice(0, 20)) addDay(path);
    const args = kill % 5 === 4 ? ['compact', '--store', store] : [pulls, '--store', store];
    const began = performance.now();
    const child = spawn(command, ['fleet', ...args], { ...user, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * seconds * 1200);
    const killed = await new Promise((resolve) =>
      child.once('exit', (_, signal) => resolve(signal !== null)),
    );
    clearTimeout(timer);
    if (killed === false) seconds = (performance.now() - began) / 1000;
    const [row] = await inDuckdb(
      'SELECT count(*)::INTEGER AS events, count(DISTINCT (history, id))::INTEGER AS ids FROM events',
    ).catch(() => []);
    if (row?.events !== row?.ids) problems.push(`after kill ${kill}: an event is in the store twice.`);
  }
  await fleet(pulls, '--store', store);
}

function rowsIn(path: string, table: 'event' | 'sync_cycle'): number {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

function sizeOfFile(path: string): string {
  return (statSync(path).size / 1000).toFixed(0);
}

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + readFileSync(join(file.parentPath, file.name)).length, 0);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { aYear } from './chaos/a-year.ts';
import { accidents } from './chaos/accidents.ts';
import { chaosPlace } from './chaos/chaos-place.ts';
import { failingCalls } from './chaos/failing-calls.ts';
import { killedAtCalls } from './chaos/killed-at-calls.ts';
import { killedAtRandom } from './chaos/killed-at-random.ts';
import type { Held, Part } from './chaos/part.ts';
import { powerLoss } from './chaos/power-loss.ts';
import { soak } from './chaos/soak.ts';
import { stops } from './chaos/stops.ts';
import { randomOf } from './fuzz/random-texts.ts';

/**
 * `npm run chaos`: the agent of the package on simulated Macs, with faults. --short is the form of CI.
 * --write puts the figures into docs/reliability.md. Exit status 1: a promise was broken.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Each part with its share of the time. A year takes as long as it takes. */
const parts: Readonly<Record<string, { readonly part: Part; readonly share: number }>> = {
  // Beside the others: it waits most of the time.
  soak: { part: soak, share: 0.77 },
  accidents: { part: accidents, share: 0.1 },
  'killed-at-random': { part: killedAtRandom, share: 0.18 },
  stops: { part: stops, share: 0.06 },
  'killed-at-calls': { part: killedAtCalls, share: 0.34 },
  'failing-calls': { part: failingCalls, share: 0.18 },
  'power-loss': { part: powerLoss, share: 0.14 },
  'a-year': { part: aYear, share: 0.1 },
};

if (values.help) {
  const usage = 'Usage: npm run chaos -- [--short] [--seconds N] [--seed N] [--only PART] [--write]';
  console.log(`${usage}\nParts: ${Object.keys(parts).join(', ')}`);
  process.exit(0);
}
if (process.platform !== 'linux') {
  console.error('npm run chaos uses strace and /proc, which Linux has.');
  process.exit(1);
}

const seconds = Number(values.seconds ?? (values.short ? 45 : 780));
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const held: Held[] = [];
const broken = new Map<string, number>();
console.log(`chaos: --seconds ${seconds} --seed ${seed}`);
const place = await chaosPlace();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void place.end().then(() => process.exit(1)));
const wanted = Object.keys(parts).filter((name) => values.only === undefined || values.only === name);
try {
  const soaking = wanted.includes('soak') ? run('soak') : Promise.resolve([]);
  const rows: Held[] = [];
  for (const name of wanted.filter((one) => one !== 'soak' && one !== 'a-year'))
    rows.push(...(await run(name)));
  rows.push(...(await soaking));
  // It computes without a pause, in this process.
  if (wanted.includes('a-year')) rows.push(...(await run('a-year')));
  held.push(...rows);
} finally {
  await place.end();
}
for (const [what, times] of broken)
  console.log(`chaos: broken${times > 1 ? ` (${times} times)` : ''}: ${what}`);
if (broken.size > 0) process.exitCode = 1;
if (values.write && broken.size === 0) writeFigures();

/** A part that is wanted alone has the whole time. */
async function run(name: string): Promise<Held[]> {
  const { part, share = 1 } = parts[name] ?? {};
  if (part === undefined) throw new Error(`There is no part ${name}.`);
  const report = (what: string) => {
    const line = `${name}: ${what.slice(0, 400)}`;
    broken.set(line, (broken.get(line) ?? 0) + 1);
  };
  const time = seconds * (values.only === undefined ? share : 1);
  const rows = await part({ place, random: randomOf(seed), seconds: time, broken: report });
  for (const { figure } of rows) console.log(`${name}: ${figure}`);
  return rows;
}

function writeFigures(): void {
  const page = fileURLToPath(new URL('../docs/reliability.md', import.meta.url));
  const begin = '<!-- Written by `npm run chaos -- --write`. -->\n';
  const end = '<!-- End of the figures. -->\n';
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} has no marks around its figures.`);
  const load = (loadavg()[0] ?? 0).toFixed(0);
  const machine = `${cpus().length} processors, load ${load}, Linux, Node ${process.versions.node}`;
  const run = `${new Date().toISOString().slice(0, 10)}, \`--seconds ${seconds} --seed ${seed}\`, ${machine}.`;
  const rows = held.map(({ promise, figure }) => `| ${promise} | ${figure} |\n`).join('');
  const table = `${run}\n\n| promise | measured |\n| --- | --- |\n${rows}`;
  writeFileSync(page, `${text.slice(0, from)}${begin}${table}${text.slice(to)}`);
}

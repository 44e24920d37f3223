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
import { runText, withFigures, writeReliabilityPage } from './reliability/reliability-page.ts';

/**
 * `npm run chaos`: the agent of the package on simulated Macs, with faults. The parts run one after the
 * other: the soak measures memory, and its rate, only on a machine that does nothing else. --seconds is the
 * time of all parts but the soak, which takes ten minutes. --short is the form of CI. --write puts the
 * figures of all parts into docs/reliability.md. Exit status 1: a promise was broken.
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

/** Of all parts but the soak, or of the one that is wanted alone. */
const seconds = Number(values.seconds ?? (values.short ? 54 : 840));

/** Each part with its time in seconds. A year takes as long as it takes. */
const parts: Readonly<Record<string, { readonly part: Part; readonly seconds: number }>> = {
  soak: { part: soak, seconds: values.short ? 32 : 600 },
  accidents: { part: accidents, seconds: seconds * 0.07 },
  'killed-at-random': { part: killedAtRandom, seconds: seconds * 0.15 },
  stops: { part: stops, seconds: seconds * 0.05 },
  'killed-at-calls': { part: killedAtCalls, seconds: seconds * 0.26 },
  'failing-calls': { part: failingCalls, seconds: seconds * 0.3 },
  'power-loss': { part: powerLoss, seconds: seconds * 0.1 },
  'a-year': { part: aYear, seconds: seconds * 0.07 },
};

if (values.help) {
  const usage = 'Usage: npm run chaos -- [--short] [--seconds N] [--seed N] [--only PART] [--write]';
  console.log(`${usage}\nParts: ${Object.keys(parts).join(', ')}`);
  process.exit(0);
}
if (values.write && values.only !== undefined) {
  console.error('--write needs the figures of all parts: leave out --only.');
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('npm run chaos uses strace and /proc, which Linux has.');
  process.exit(1);
}

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const held: (Held & { readonly name: string })[] = [];
const broken = new Map<string, number>();
console.log(`chaos: --seconds ${seconds} --seed ${seed}`);
const place = await chaosPlace();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void place.end().then(() => process.exit(1)));
const wanted = Object.keys(parts).filter((name) => values.only === undefined || values.only === name);
try {
  for (const name of wanted) held.push(...(await run(name)).map((row) => ({ ...row, name })));
} finally {
  await place.end();
}
for (const [what, times] of broken)
  console.log(`chaos: broken${times > 1 ? ` (${times} times)` : ''}: ${what}`);
if (broken.size > 0) process.exitCode = 1;
if (values.write && broken.size === 0) writeFigures();

async function run(name: string): Promise<Held[]> {
  const known = parts[name];
  if (known === undefined) throw new Error(`There is no part ${name}.`);
  const report = (what: string) => {
    const line = `${name}: ${what.slice(0, 400)}`;
    broken.set(line, (broken.get(line) ?? 0) + 1);
  };
  const time = values.only === undefined ? known.seconds : seconds;
  const rows = await known.part({ place, random: randomOf(seed), seconds: time, broken: report });
  for (const { figure } of rows) console.log(`${name}: ${figure}`);
  return rows;
}

function writeFigures(): void {
  const rows = held.map(({ promise, figure }) => `| ${promise} | ${figure} |\n`).join('');
  const run = runText(`--seconds ${seconds} --seed ${seed}`);
  writeReliabilityPage((page) => {
    const figures = Object.fromEntries(held.map(({ name, figure }) => [`chaos ${name}`, figure]));
    const places = Object.entries(figures).filter(([name]) => page.includes(`figure ${name} `));
    return withFigures(page, {
      ...Object.fromEntries(places),
      chaos: `\n${run}.\n\n| promise | measured |\n| --- | --- |\n${rows}`,
    });
  });
}

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchPlace } from './bench/bench-place.ts';
import { type Figure, isWithin, ratioOf } from './bench/figure.ts';
import { figureTable, writePerformancePage } from './bench/figure-table.ts';
import { fleetFigures } from './bench/fleet.ts';
import { countedFigures, monthFigure, replayFigures } from './bench/histories.ts';
import { parserFigures } from './bench/parsers.ts';
import { pollCostFigures } from './bench/poll-cost.ts';
import { reportFigures } from './bench/report.ts';
import { residentFigures } from './bench/resident.ts';
import { ruleFigures } from './bench/rules.ts';
import { startFigures } from './bench/starts.ts';
import { yearOf } from './bench/year-of.ts';

/**
 * `npm run bench`: every figure beside its reference in the same run, as a table, or as JSON with --json. The
 * full run measures the agent for ten minutes; --short takes three to four minutes in all. CI runs it beside
 * other checks, so its times there are those of a busy machine. --write puts the table into
 * docs/performance.md. Exit status 1 only for a count (rows, bytes) that is past its limit: timings never
 * decide.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('Usage: npm run bench -- [--short] [--json] [--write]');
  process.exit(0);
}
if (process.platform !== 'linux') {
  console.error('npm run bench reads /proc, which Linux has. On a Mac: docs/performance.md.');
  process.exit(1);
}

const rounds = values.short ? 3 : 15;
const figures: Figure[] = [];
const add = async (what: string, measure: () => Promise<Figure[]> | Figure[]) => {
  process.stderr.write(`${what} …\n`);
  figures.push(...(await measure()));
};

process.stderr.write('building the package and unpacking it …\n');
const place = await benchPlace().catch((error: unknown) => {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
try {
  await add('starts', () => startFigures(place, rounds));
  await add('parsers', () => parserFigures(rounds));
  await add('rules', () => ruleFigures(rounds));
  await add('polls', () => pollCostFigures());
  const eventful = await yearOf(place.folder, 'eventful');
  await add('histories', () => countedFigures(eventful));
  await add('a month', async () => [await monthFigure()]);
  await add('a replay', () => replayFigures(values.short ? 10 : 365));
  const resident = values.short ? { seconds: 48, every: 2 } : { seconds: 600, every: 10 };
  const quiet = await yearOf(place.folder, 'quiet');
  await add('a fleet', () => fleetFigures(values.short ? 100 : 400, [eventful, quiet]));
  await add('a report', () => reportFigures(5));
  await add('the running agent', () => residentFigures(place, resident));
} finally {
  place.end();
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Linux, Node ${process.versions.node}`;
if (values.json) {
  const rows = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), within: isWithin(figure) }));
  console.log(JSON.stringify({ machine, short: values.short, figures: rows }, null, 2));
} else {
  const table = figureTable(figures);
  console.log(`\n${machine}\n\n${table}`);
  const run = `${machine}, ${new Date().toISOString().slice(0, 10)}, ${values.short ? 'short' : 'full'} run`;
  if (values.write) writePerformancePage(run, table);
}

const missed = figures.filter((figure) => figure.counted === true && !isWithin(figure));
for (const { name, value, limit } of missed)
  console.error(`${name}: ${value}, and should be no more than ${limit}.`);
if (missed.length > 0) process.exitCode = 1;

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { replay } from '../../agent/simulation/replay.ts';
import type { Scenario } from '../../agent/simulation/scenario.ts';
import { openReader } from '../../agent/store/reader.ts';
import { type Figure, median } from './figure.ts';
import { memoryOf } from './processes.ts';
import { alwaysAwake, quietDays } from './scenarios.ts';
import type { Year } from './year-of.ts';

const run = promisify(execFile);

async function kept<T>(scenario: Scenario, use: (folder: string, polls: number) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bench-history-'));
  try {
    const { polls } = await replay(scenario, { dataDir: folder });
    return use(folder, polls);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is counted and does not depend on the machine: rows of a day, and bytes of a year if there is one. */
export async function countedFigures(eventful: Year | null): Promise<Figure[]> {
  const days = 10;
  const rows = await kept(quietDays(days), (folder) => {
    const reader = openReader({ path: join(folder, 'events.db') });
    try {
      return reader.events({}).length + reader.issues().length;
    } finally {
      reader.close();
    }
  });
  const figures: Figure[] = [
    {
      name: 'rows written in a quiet day',
      value: rows / days,
      unit: '',
      reference: null,
      limit: 5,
      counted: true,
    },
  ];
  if (eventful === null) return figures;
  const megabytes = statSync(join(eventful.dataDir, 'events.db')).size / 1e6;
  return [
    ...figures,
    {
      name: 'database after an eventful year',
      value: megabytes,
      unit: 'MB',
      reference: null,
      limit: 5,
      counted: true,
    },
  ];
}

/** Polls on a virtual clock: the agent's own time, without its children's. */
export async function replayFigures(days: number): Promise<Figure[]> {
  const began = process.hrtime.bigint();
  const { polls } = await replay(alwaysAwake(days));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const spawns: number[] = [];
  for (let round = 0; round < 50; round++) {
    const before = process.hrtime.bigint();
    await run('/bin/true');
    spawns.push(Number(process.hrtime.bigint() - before) / 1e6);
  }
  return [
    {
      name: `one of the ${polls} polls of ${days} days, replayed`,
      value: (seconds * 1000) / polls,
      unit: 'ms',
      reference: { name: "execFile('/bin/true')", value: median(spawns) },
      limit: 0.2,
    },
  ];
}

/** Whether a month of polls uses more memory than a day of polls. Needs --expose-gc. */
export async function monthFigure(): Promise<Figure> {
  const samples: number[] = [];
  const day = 288;
  let polls = 0;
  await replay(quietDays(30), {
    onActivity: (what) => {
      if (what.type !== 'polled') return;
      polls++;
      if (polls % day !== 0) return;
      globalThis.gc?.();
      samples.push(memoryOf(process.pid).privateDirty / 1024);
    },
  });
  return {
    name: 'memory after a simulated month, private dirty',
    value: median(samples.slice(-3)),
    unit: 'MB',
    reference: { name: 'after the first days', value: median(samples.slice(0, 3)) },
    limit: 1.05,
  };
}

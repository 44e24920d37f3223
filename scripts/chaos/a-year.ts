import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentActivity } from '../../agent/daemon/agent-dependencies.ts';
import { definitions } from '../../agent/settings/schema.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { openReader } from '../../agent/store/reader.ts';
import type { Held, PartInput } from './part.ts';

const start = '2026-01-05T08:00:00Z';
/** Real time after the last trouble within which every issue has to be resolved. */
const resolvedWithin = 2 * day;
/** Real time after a clock change in which nothing else happens. */
const quietAfterChange = 6 * hour;
const leastGap = 10 * minute;
/** A poll that began before the instant of a step reads what the step changed. */
const slack = minute;

interface Trouble {
  readonly change: object;
  readonly repair: object;
  readonly hours: number;
}
const troubles: readonly ((random: (below: number) => number) => Trouble)[] = [
  () => ({ change: { psso: { state: 1 } }, repair: { psso: { state: 0 } }, hours: 2 }),
  (random) => ({
    change: { psso: { state: [2, 5][random(2)] } },
    repair: { psso: { state: 0 } },
    hours: 1 + random(5),
  }),
  (random) => ({
    change: { psso: { registered: false, userPresent: false } },
    repair: { psso: { registered: true, userPresent: true, state: 0 } },
    hours: 1 + random(30),
  }),
  (random) => ({ change: { network: 'offline' }, repair: { network: 'online' }, hours: 1 + random(60) }),
  (random) => ({ change: { appSso: { fail: 'timeout' } }, repair: { appSso: null }, hours: 1 + random(5) }),
  () => ({ change: { appSso: { text: 'garbage' } }, repair: { appSso: null }, hours: 3 }),
  () => ({ change: { companyPortal: null }, repair: { companyPortal: '5.2504.0' }, hours: 4 }),
  (random) => ({ change: { enrolled: false }, repair: { enrolled: true }, hours: 1 + random(40) }),
  () => ({ change: { focus: 'on' }, repair: { focus: 'off' }, hours: 5 }),
  () => ({ change: { agent: 'kill' }, repair: { agent: 'start' }, hours: 3 }),
];
const clockChanges = ['+2h', '-2h', '+3d', '-3d', '+365d', '-365d', '+1095d', '-1095d'];

interface Line {
  /** Real milliseconds since the start. */
  readonly at: number;
  readonly change: object;
}

/** A year of nights, refreshes, troubles one after the other, updates and clocks that are set. */
function yearOf(days: number, random: (below: number) => number) {
  const lines: Line[] = [];
  /** From the trouble to its end. */
  const broken: [number, number][] = [];
  /** The clock is set at the first, and corrected at the second. */
  const clocks: [number, number][] = [];
  let restarted = 0;
  for (let date = 0; date < days; date += 1) {
    const at = (hours: number) => date * day + hours * hour;
    lines.push(
      { at: at(9), change: { screen: 'locked' } },
      { at: at(9) + 5 * minute, change: { power: 'asleep' } },
    );
    lines.push(
      { at: at(23), change: { power: 'awake' } },
      { at: at(23) + minute, change: { screen: 'unlocked' } },
    );
    // Unlocked with tokens past their time: macOS asks for new ones.
    for (const hours of [3, 6, 8.5, 23.04]) lines.push({ at: at(hours), change: { refresh: true } });
    if (date % 30 === 12) lines.push({ at: at(4), change: { macos: `15.${6 + Math.floor(date / 30)}` } });
    if (date % 40 === 20) lines.push({ at: at(6), change: { password: true } });
  }
  for (let date = 2; date < days - 4; date += 5 + random(3)) {
    const begins = date * day + Math.round((1 + random(5)) * hour);
    if (random(3) === 0) {
      const clockChange = clockChanges[random(clockChanges.length)] ?? '';
      const back = clockChange.startsWith('+') ? `-${clockChange.slice(1)}` : `+${clockChange.slice(1)}`;
      const corrected = begins + day + random(24) * hour + 7 * minute;
      // Every other clock is set while the agent does not run.
      const restarts = random(2) === 0;
      for (const [at, clock] of [
        [begins + 7 * minute, clockChange],
        [corrected, back],
      ] as const) {
        if (restarts) lines.push({ at: at - minute, change: { agent: 'kill' } });
        lines.push({ at, change: { clock } });
        if (restarts) lines.push({ at: at + minute, change: { agent: 'start' } });
      }
      if (restarts) restarted += 2;
      clocks.push([begins, corrected]);
      continue;
    }
    const trouble = troubles[random(troubles.length)]?.(random);
    if (trouble === undefined) continue;
    const ends = begins + trouble.hours * hour + 3 * minute;
    lines.push({ at: begins + 3 * minute, change: trouble.change }, { at: ends, change: trouble.repair });
    broken.push([begins, ends]);
  }
  return { lines: lines.sort((a, b) => a.at - b.at), broken, clocks, restarted };
}

/** The replay of an eventful year by the agent's own cycle, with its schedule; checked at every poll. */
export async function aYear({ random, seconds, broken }: PartInput): Promise<Held[]> {
  const days = seconds < 20 ? 30 : 365;
  const plan = yearOf(days, random);
  const isBroken = (real: number) =>
    plan.broken.some(([from, to]) => real >= from - slack && real <= to + slack);
  const calmSince = (real: number) => {
    const ends = [...plan.broken, ...plan.clocks].filter(([from]) => from <= real).map(([, to]) => to);
    return real - Math.max(0, ...ends);
  };
  const text = [
    { scenario: 'a year', start, macos: '15.6', user: 'alex' },
    ...plan.lines.map(({ at, change }) => stepOf(at, change)),
    { at: durationOf(days * day), end: true },
  ];
  // Nothing here depends on a disk, and flushes to one take most of the time.
  const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(inMemory, 'psso-chaos-year-'));
  const seen = { polls: 0, opened: 0, shown: 0, suppressed: 0, clockChanges: 0 };
  let real = 0;
  let skew = 0;
  let lastShown = Number.NEGATIVE_INFINITY;
  const toldOn = new Map<string, number>();
  const heardOf = new Set<string>();
  const openedAt = new Map<string, number>();

  const check = (what: AgentActivity) => {
    if (what.type === 'event') {
      const { kind, issue, summary } = what.event;
      real = what.event.at - skew - Date.parse(start);
      if (kind === 'issue-opened') {
        seen.opened += 1;
        openedAt.set(issue ?? '', real);
        const nearest = plan.clocks.flat().some((at) => real >= at - slack && real - at < quietAfterChange);
        if (nearest && calmSince(real) < quietAfterChange && !isBroken(real))
          broken(`an alarm from a clock alone, on day ${Math.floor(real / day)}: ${summary}`);
      }
      if (kind === 'issue-resolved') openedAt.delete(issue ?? '');
      return;
    }
    if (what.type === 'polled') {
      seen.polls += 1;
      const now = Date.parse(what.observation.at) - skew - Date.parse(start);
      real = now;
      const open = what.detected.open.map(({ issue }) => issue);
      if (open.length > 0 && !isBroken(now) && calmSince(now) > resolvedWithin)
        broken(`${open.join()} is open on day ${Math.floor(now / day)}, two days after its reason ended`);
      for (const { issue, evidence } of what.detected.open)
        if (Object.keys(evidence).length === 0) broken(`${issue} is open without evidence`);
      return;
    }
    const { issue, purpose } = what.notification;
    if (!what.shown) {
      seen.suppressed += 1;
      return;
    }
    seen.shown += 1;
    if (purpose === 'solved') {
      if (!heardOf.delete(issue)) broken(`${issue} has a solved notification, and none before it`);
      return;
    }
    heardOf.add(issue);
    const at = what.at - skew - Date.parse(start);
    if (at - lastShown < leastGap - slack) broken(`two notifications within ${leastGap / minute} minutes`);
    lastShown = at;
    const date = new Date(what.at).toDateString();
    toldOn.set(date, (toldOn.get(date) ?? 0) + 1);
  };

  try {
    await replay(parseScenario(text.map((line) => JSON.stringify(line)).join('\n')), {
      dataDir: folder,
      onActivity: check,
      step: ({ change }) => {
        if (change.clock === undefined) return;
        skew += change.clock;
        seen.clockChanges += 1;
      },
    });
    const most = definitions.MaximumNotificationsPerDay.fallback;
    for (const [date, told] of toldOn) if (told > most) broken(`${told} notifications on ${date}`);
    const reader = openReader({ path: join(folder, 'events.db') });
    const refreshes = reader.events({ kinds: ['token-refreshed'] }).map(({ detail }) => detail);
    reader.close();
    if (new Set(refreshes).size !== refreshes.length) broken('a refresh is recorded twice');
    return [
      {
        promise:
          'An eventful year, checked at every poll: each issue has evidence and is resolved within two days after its reason, notifications keep their limits, and no alarm comes from a clock alone.',
        figure: `${days} days, ${seen.polls} polls, ${plan.broken.length} troubles, ${seen.clockChanges} clock changes (hours to three years; ${plan.restarted} between two runs); ${seen.opened} issues opened, ${seen.shown} notifications shown, ${seen.suppressed} suppressed; ${openedAt.size} open at the end`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function durationOf(milliseconds: number): string {
  return `+${Math.round(milliseconds / 1000)}s`;
}

function stepOf(at: number, change: object): object {
  const when = durationOf(at);
  if ('refresh' in change) return { at: when, psso: { receivedAt: when } };
  if ('password' in change) return { at: when, passwordLastSetAt: when, psso: { receivedAt: when } };
  return { at: when, ...change };
}

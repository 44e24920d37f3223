import type { Redactor } from '../mac/redact/redactor.ts';
import { knownMethods } from '../shared/observation.ts';
import { fromIso, minute, toIso } from '../shared/time.ts';
import { replay } from '../simulation/replay.ts';
import { parseScenario } from '../simulation/scenario.ts';
import type { Present } from './present-scenario.ts';
import { changesSince, type RecordedHistory } from './recorded-history.ts';

/** A capture, with the issues that are open after its replay. */
export interface FittedScenario {
  /** The scenario, in the form that is written to a file. */
  readonly text: string;
  /** The issues that are open at the end of the replay, sorted. */
  readonly openIssues: readonly string[];
  /** The issues that are open on the Mac itself, by its history, sorted; null: there is no history. */
  readonly openOnMac: readonly string[] | null;
  /** What the scenario can't express, and how its end differs from the Mac. */
  readonly remarks: readonly string[];
}

interface Plot {
  /** The scenario begins with a healthy registration. Without one, nothing can be lost. */
  readonly registeredBefore: boolean;
  /** How long nothing changes afterwards. */
  readonly minutes: number;
  /** The screen is locked and unlocked once, as by a user who works. */
  readonly unlock: boolean;
}

/** The shortest first: two readings confirm most issues; some need time, or an unlock. */
const lengths: readonly Omit<Plot, 'registeredBefore'>[] = [
  { minutes: 10, unlock: false },
  { minutes: 45, unlock: false },
  { minutes: 45, unlock: true },
];

/**
 * Only a lost registration needs one before it. With a complete one, the beginning makes no difference, and
 * recorded changes begin with one anyway.
 */
function plotsOf(present: Present, history: RecordedHistory | null, since: number | undefined): Plot[] {
  const lost = since === undefined && history?.everRegistered === true && !present.registered;
  return (lost ? [true, false] : [false]).flatMap((registeredBefore) =>
    lengths.map((length) => ({ registeredBefore, ...length })),
  );
}

/**
 * The shortest scenario of the present Mac that ends with the open issues of its history. Without a history:
 * the shortest of all. If none does, the closest one, and its remarks name the difference.
 */
export async function fitScenario(
  present: Present,
  history: RecordedHistory | null,
  options: { readonly redactor: Redactor; readonly since?: number },
): Promise<FittedScenario> {
  const openOnMac = history?.openIssues ?? null;
  let best: { lines: readonly object[]; openIssues: string[]; distance: number } | null = null;
  for (const plot of plotsOf(present, history, options.since)) {
    const lines = linesOf(present, plot, history, options);
    const openIssues = await openAfter(lines);
    const distance = openOnMac === null ? 0 : distanceOf(openIssues, openOnMac);
    if (best === null || distance < best.distance) best = { lines, openIssues, distance };
    if (distance < oneMissing) break;
  }
  const { lines, openIssues } = best ?? { lines: [], openIssues: [] };
  const remarks = [...present.remarks, ...differences(openIssues, openOnMac)];
  return { text: textOf(lines, remarks), openIssues, openOnMac, remarks };
}

/**
 * An issue that is open only in the scenario was not confirmed on the Mac yet. A missing one was not
 * reproduced.
 */
function differences(openIssues: readonly string[], openOnMac: readonly string[] | null): string[] {
  if (openOnMac === null) return [];
  const more = openIssues.filter((issue) => !openOnMac.includes(issue));
  const missing = openOnMac.filter((issue) => !openIssues.includes(issue));
  return [
    ...(more.length === 0
      ? []
      : [`This scenario lasts longer, so more issues open than on the Mac: ${more.join(', ')}.`]),
    ...(missing.length === 0
      ? []
      : [
          `Open on the Mac, and not after this scenario (its causes are not recorded): ${missing.join(', ')}.`,
        ]),
  ];
}

/** The distance of one missing issue: more than of any number of additional ones. */
const oneMissing = 1000;

function distanceOf(openIssues: readonly string[], openOnMac: readonly string[]): number {
  const missing = openOnMac.filter((issue) => !openIssues.includes(issue)).length;
  return missing * oneMissing + openIssues.filter((issue) => !openOnMac.includes(issue)).length;
}

function linesOf(
  present: Present,
  plot: Plot,
  history: RecordedHistory | null,
  { since, redactor }: { readonly redactor: Redactor; readonly since?: number },
): object[] {
  if (history !== null && since !== undefined) return linesSince(present, plot, history, { since, redactor });
  return plot.registeredBefore ? linesWithLoss(present, plot, history) : linesOfPresent(present, plot);
}

/** The recorded changes, then the present Mac. */
function linesSince(
  present: Present,
  plot: Plot,
  history: RecordedHistory,
  { since, redactor }: { readonly redactor: Redactor; readonly since: number },
): object[] {
  const now = fromIso(present.head.start);
  const { appSso, ...others } = present.changes;
  const { before, lines } = changesSince(history.events, since, redactor);
  const { psso, macos = present.head.macos, ...was } = before;
  const inUse = { screen: 'unlocked', console: 'active', network: 'online' };
  const macosNow = present.head.macos === undefined ? {} : { macos: present.head.macos };
  const registered = registrationOf(present, history);
  return [
    { ...present.head, ...(macos === undefined ? {} : { macos }), start: toIso(since) },
    { at: '+0s', ...others, ...inUse, ...was, psso: { ...registered, receivedAt: '-1h', ...object(psso) } },
    ...lines.filter(({ at }) => at < now).map(({ at, changes }) => ({ at: from(since, at), ...changes })),
    { at: from(since, now), power: 'awake', ...macosNow, appSso, ...others },
    ...afterwards(plot, since, now),
  ];
}

/** A registered Mac, and 10 minutes later the present one. */
function linesWithLoss(present: Present, plot: Plot, history: RecordedHistory | null): object[] {
  const now = fromIso(present.head.start);
  const { appSso, ...others } = present.changes;
  const start = now - 10 * minute;
  return [
    { ...present.head, start: toIso(start) },
    { at: '+0s', ...others, psso: registrationOf(present, history) },
    { at: from(start, now), appSso },
    ...afterwards(plot, start, now),
  ];
}

function linesOfPresent(present: Present, plot: Plot): object[] {
  const now = fromIso(present.head.start);
  const { appSso, ...others } = present.changes;
  return [present.head, { at: '+0s', appSso, ...others }, ...afterwards(plot, now, now)];
}

/** The registration before a loss. */
function registrationOf(
  { extensionIdentifier, deviceId }: Present,
  history: RecordedHistory | null,
): Readonly<Record<string, string>> {
  return {
    method: methodOf(history),
    ...(extensionIdentifier === null ? {} : { extensionIdentifier }),
    // Another one would be a new registration.
    ...(deviceId === null ? {} : { deviceId }),
  };
}

/** `+2d4h10m`; an instant where it is not a whole minute. */
function from(start: number, at: number): string {
  const minutes = (at - start) / minute;
  if (!Number.isInteger(minutes) || minutes < 0) return toIso(at);
  const minutesOfDay = 24 * 60;
  const parts = [
    [Math.floor(minutes / minutesOfDay), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'm'],
  ] as const;
  return `+${parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('') || '0s'}`;
}

function object(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function methodOf(history: RecordedHistory | null): string {
  const method = history?.method ?? '';
  return method !== 'none' && knownMethods.some((known) => known === method) ? method : 'password';
}

function afterwards({ minutes, unlock }: Plot, start: number, now: number): object[] {
  const at = (minutesAfter: number) => from(start, now + minutesAfter * minute);
  const away = [
    { at: at(20), screen: 'locked' },
    { at: at(22), screen: 'unlocked', console: 'active' },
  ];
  return [{ at: at(5) }, ...(unlock ? away : []), { at: at(minutes), end: true }];
}

function textOf(lines: readonly object[], remarks: readonly string[]): string {
  const [head = {}, ...rest] = lines.map((line) => JSON.stringify(line));
  return `${[head, ...remarks.map((remark) => `# ${remark}`), ...rest].join('\n')}\n`;
}

async function openAfter(lines: readonly object[]): Promise<string[]> {
  const { openIssues } = await replay(parseScenario(textOf(lines, [])));
  return [...openIssues].sort();
}

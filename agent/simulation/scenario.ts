import * as z from 'zod/mini';
import type { MacChange, Override, PssoChange } from '../mac/simulated/model.ts';
import { day, hour, minute, second } from '../shared/time.ts';
import { headShape, isKey, keys, type override, type pssoShape, stepShape } from './scenario-shape.ts';

/** An error in a scenario: the line, what is wrong, and what would be right. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

export interface ScenarioStep {
  /** Real milliseconds from the start: a clock that was set before does not move it, nor an ISO `at`. */
  readonly at: number;
  readonly change: MacChange;
  readonly agent: 'kill' | 'start' | null;
  readonly end: boolean;
  /** The line as written, for display. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Scenario {
  readonly name: string;
  readonly start: number;
  readonly macos: string;
  readonly user: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly steps: readonly ScenarioStep[];
}

export interface ParseOptions {
  /** Returns the text of a file that a scenario names. Without it, `{"file": …}` is an error. */
  readonly loadFile?: (path: string) => string;
  /** Named in the error of an unreadable file; by default the scenario's own folder. */
  readonly filesAreRelativeTo?: string;
}

const durationShape = /^([+-]?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

const longestDuration = 100 * 365.25 * day;
/** A replay polls every few minutes: a typing error must not keep it busy for days. */
const longestScenario = 10 * 365.25 * day;

/** `+4h10m`, `2d`, `-5h` → milliseconds; null for anything else, and for more than a hundred years. */
export function parseDuration(text: string): number | null {
  const match = durationShape.exec(text);
  if (match === null || !/\d/.test(text)) return null;
  const [, sign, d = 0, h = 0, m = 0, s = 0] = match;
  const sum = Number(d) * day + Number(h) * hour + Number(m) * minute + Number(s) * second;
  if (sum > longestDuration) return null;
  return sign === '-' ? -sum : sum;
}

const isoShape = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function parseInstant(text: string, start: number): number | null {
  const duration = parseDuration(text);
  if (duration !== null) return start + duration;
  const at = instantOf(text);
  return Number.isNaN(at) ? null : at;
}

/** NaN for anything but an ISO instant; Date.parse by itself takes 31 February for 3 March. */
function instantOf(text: string): number {
  const [, year, month, day] = isoShape.exec(text) ?? [];
  const calendar = new Date(0);
  calendar.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return calendar.getUTCDate() === Number(day) ? Date.parse(text) : Number.NaN;
}

const record = z.record(z.string(), z.unknown());

interface Line {
  readonly number: number;
  readonly value: Record<string, unknown>;
}

function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  source.split(/\r\n|\n|\r/).forEach((written, index) => {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) return;
    const number = index + 1;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new ScenarioError(`line ${number}: this is not JSON; each line is one JSON object.`, {
        cause: error,
      });
    }
    const object = z.safeParse(record, value);
    if (!object.success)
      throw new ScenarioError(
        `line ${number}: each line is one JSON object, such as {"at": "+1h", "screen": "locked"}.`,
      );
    lines.push({ number, value: object.data });
  });
  return lines;
}

/**
 * Parses a scenario (docs/scenarios.md). Throws ScenarioError with line number, key, what is wrong and what
 * would be right.
 */
export function parseScenario(source: string, options: ParseOptions = {}): Scenario {
  const [first, ...rest] = linesOf(source);
  if (first === undefined)
    throw new ScenarioError(
      'the scenario is empty; its first line is {"scenario": NAME, "start": ISO, "macos": "15.6", "user": "alex"}.',
    );
  const head = z.safeParse(headShape, first.value);
  const start = typeof first.value.start === 'string' ? instantOf(first.value.start) : Number.NaN;
  if (!head.success || Number.isNaN(start)) {
    throw new ScenarioError(
      `line ${first.number}: the first line is {"scenario": NAME, "start": ISO instant, "macos": VERSION, "user": NAME, "settings": {…}}${
        head.success
          ? '; "start" is not an ISO instant such as 2026-03-02T08:00:00Z'
          : `; wrong here: ${problemOf(head.error)}`
      }.`,
    );
  }
  const { scenario, macos, user, settings } = head.data;
  const steps: ScenarioStep[] = [];
  let previous = 0;
  for (const line of rest) {
    if (steps.at(-1)?.end)
      throw new ScenarioError(`line ${line.number}: nothing may follow the line with "end": true.`);
    const step = parseStep(line, start, options);
    if (step.at < previous) {
      throw new ScenarioError(
        `line ${line.number}: "at" goes back in time; lines stand in the order in which they happen.`,
      );
    }
    previous = step.at;
    steps.push(step);
  }
  return { name: scenario, start, macos, user, settings, steps };
}

function problemOf(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'unknown';
  if (issue.code === 'unrecognized_keys') return `the key "${issue.keys[0] ?? ''}" is unknown`;
  return `"${issue.path.map(String).join('.')}"`;
}

/** What the values of a step depend on besides themselves. */
interface StepContext {
  readonly start: number;
  readonly options: ParseOptions;
  readonly wrong: (what: string, cause?: unknown) => ScenarioError;
}

function parseStep(line: Line, start: number, options: ParseOptions): ScenarioStep {
  const wrong = (what: string, cause?: unknown) =>
    new ScenarioError(`line ${line.number}: ${what}`, { cause });
  for (const [key, value] of Object.entries(line.value)) {
    if (!isKey(key)) throw wrong(`there is no key "${key}"; the keys are ${Object.keys(keys).join(', ')}.`);
    const checked = z.safeParse(keys[key].shape, value);
    if (!checked.success) throw wrong(`"${key}" must be ${keys[key].expected}.`, checked.error);
  }
  const checked = z.safeParse(stepShape, line.value);
  if (!checked.success)
    throw wrong('"at" is missing: each line says when it happens, such as "+1h".', checked.error);
  const { at, agent = null, end = false, ...written } = checked.data;
  const context = { start, options, wrong };
  const change = changeOf(written, context);
  const when = instantIn('at', at, context);
  if (when - start > longestScenario) throw wrong('"at" is more than ten years after the start.');
  return { at: when - start, change, agent, end, raw: line.value };
}

/** A key that is missing changes nothing; null is a value. */
function changeOf(
  written: Omit<z.infer<typeof stepShape>, 'at' | 'agent' | 'end'>,
  context: StepContext,
): MacChange {
  const { psso, appSso, passwordPolicy, workplaceJoin, passwordLastSetAt, profile, clock, ...plain } =
    written;
  return {
    ...plain,
    ...(psso === undefined ? {} : { psso: psso && pssoChange(psso, context) }),
    ...(appSso === undefined ? {} : { appSso: overrideOf('appSso', appSso, context) }),
    ...(passwordPolicy === undefined
      ? {}
      : { passwordPolicy: overrideOf('passwordPolicy', passwordPolicy, context) }),
    ...(workplaceJoin === undefined
      ? {}
      : { workplaceJoin: overrideOf('workplaceJoin', workplaceJoin, context) }),
    ...(passwordLastSetAt === undefined
      ? {}
      : { passwordLastSetAt: instantOrNull('passwordLastSetAt', passwordLastSetAt, context) }),
    ...(profile === undefined ? {} : { profile: profile && profileOf(profile, context) }),
    ...(clock === undefined ? {} : { clock: shiftIn(clock, context) }),
  };
}

function instantIn(key: string, written: string, { start, wrong }: StepContext): number {
  const parsed = parseInstant(written, start);
  if (parsed === null) throw wrong(`"${key}" must be ${keys.at.expected}.`);
  return parsed;
}

function instantOrNull(key: string, written: string | null, context: StepContext): number | null {
  return written === null ? null : instantIn(key, written, context);
}

function shiftIn(clock: string, { wrong }: StepContext): number {
  const shift = parseDuration(clock);
  if (shift === null) throw wrong(`"clock" must be ${keys.clock.expected}.`);
  return shift;
}

function overrideOf(
  key: string,
  written: z.infer<typeof override> | null,
  context: StepContext,
): Override | null {
  return written === null || 'fail' in written ? written : { text: textIn(key, written, context) };
}

function textIn(
  key: string,
  written: { readonly text: string } | { readonly file: string },
  { options, wrong }: StepContext,
): string {
  if ('text' in written) return written.text;
  const { loadFile, filesAreRelativeTo: base = "the scenario's own folder" } = options;
  if (loadFile === undefined) throw wrong(`"${key}" names a file, and files can't be read here.`);
  try {
    return loadFile(written.file);
  } catch (error) {
    throw wrong(`"${key}": the file ${written.file} can't be read; paths are relative to ${base}.`, error);
  }
}

function profileOf(
  written: NonNullable<z.infer<typeof keys.profile.shape>>,
  context: StepContext,
): NonNullable<MacChange['profile']> {
  const { userText } = written;
  return {
    ...('text' in written || 'file' in written ? { text: textIn('profile', written, context) } : {}),
    ...(userText === undefined ? {} : { userText }),
  };
}

function pssoChange(written: z.infer<typeof pssoShape>, context: StepContext): PssoChange {
  const { receivedAt, expiresAt, lastLoginAt, ...plain } = written;
  const instants = { receivedAt, expiresAt, lastLoginAt };
  const parsed: { [K in keyof typeof instants]?: number | null } = {};
  for (const key of ['receivedAt', 'expiresAt', 'lastLoginAt'] as const) {
    const instant = instants[key];
    if (instant !== undefined) parsed[key] = instantOrNull(`psso.${key}`, instant, context);
  }
  return { ...plain, ...parsed };
}

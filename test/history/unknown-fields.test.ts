import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adviceFor } from '../../agent/history/advice.ts';
import { historyOf } from '../../agent/history/history.ts';
import { statusOf } from '../../agent/history/status-of.ts';
import { ownStateIfAny } from '../../agent/history/users-of-this-mac.ts';
import { createObserver, type Observe } from '../../agent/observe/observe.ts';
import type { ObserveDependencies } from '../../agent/observe/source-step.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { sourceNames } from '../../agent/shared/observation.ts';
import { observationShape } from '../../agent/shared/observation-shape.ts';
import { pathsOf } from '../../agent/shared/paths.ts';
import { failureReasons } from '../../agent/shared/reading.ts';
import { type ReplayOptions, replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { openReader } from '../../agent/store/reader.ts';
import { mac, start as startIso } from '../helpers/replayed.ts';

/** "Unknown" in each field of the observation of a healthy Mac, one at a time: nothing is claimed from it. */

type Path = readonly (string | number)[];
type Change = { readonly path: Path; readonly value: unknown };

const start = Date.parse(startIso);
const methods = ['password', 'secureEnclaveKey'] as const;
const linesOf = (method: string) =>
  [mac, { at: '+0s', psso: { method } }, { at: '+40m', end: true }]
    .map((line) => JSON.stringify(line))
    .join('\n');

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A copy with another value at the path. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (index === key ? changed(one, rest, to) : one));
  return isObject(value) ? { ...value, [key]: changed(value[key], rest, to) } : value;
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  const below = Array.isArray(value)
    ? value.flatMap((one: unknown, index) => pathsIn(one, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...path, key]))
      : [];
  return [path, ...below];
}

/** A name that macOS prints: the one free text that can be unknown. */
const isLabel = (path: Path) => String(path.at(-1)).endsWith('Label');

/** Every change of a healthy observation that the schema allows: null and `unknown` in each field. */
function changesOf(healthy: unknown): Change[] {
  const allows = (path: Path, value: unknown) =>
    observationShape.safeParse(changed(healthy, path, value)).success;
  const fields = pathsIn(healthy).flatMap((path): Change[] =>
    [null, 'unknown']
      .map((value) => ({ path, value }))
      .filter(({ value }) => {
        const isFreeText = allows(path, 'any text') && !isLabel(path);
        const isSame = JSON.stringify(changed(healthy, path, value)) === JSON.stringify(healthy);
        return allows(path, value) && !isSame && (value === null || !isFreeText);
      }),
  );
  const failures = sourceNames.flatMap((source) =>
    failureReasons.map((reason): Change => ({ path: [source], value: { ok: false, reason, detail: '' } })),
  );
  return [...fields, ...failures];
}

const nameOf = ({ path, value }: Change) =>
  `${path.filter((key) => key !== 'value').join('.')}: ${isObject(value) ? value.reason : value}`;

/** These nulls are answers: macOS prints `(null)`, or a file or a section is not there. */
const answers = new Set([
  'appSso.device: null',
  'appSso.user: null',
  'appSso.device.registrationCompleted: null',
  'appSso.tokens: null',
  'companyPortal: null',
  'ssoProfile: null',
]);

/** Without these, nothing shows that sign-in works. */
const decisive =
  /^appSso: |^appSso\.(?:status|method): unknown$|^appSso\.(?:device|user)\.method: unknown$|^appSso\.user\.stateLabel: unknown$|^appSso\.tokens\.receivedAt: null$/;
/** Without these, nothing shows that the password is independent. */
const ofTheMethod = /^appSso: |\.?(?:status|method): unknown$/;

let root: string;
const healthy = new Map<string, unknown>();

/** The change holds from that minute on. */
async function told(method: string, change: Change | null, fromMinute = 0) {
  const dataDir = mkdtempSync(join(root, 'data-'));
  const observer = (dependencies: ObserveDependencies): Observe => {
    const observe = createObserver(dependencies);
    return async (request) => {
      const found = await observe(request);
      healthy.set(method, found);
      return change === null || Date.parse(found.at) < start + fromMinute * 60_000
        ? found
        : observationShape.parse(changed(found, change.path, change.value));
    };
  };
  const options: ReplayOptions = { dataDir, observer };
  const summary = await replay(parseScenario(linesOf(method)), options);
  const reader = openReader({ path: join(dataDir, 'events.db') });
  const history = historyOf(reader);
  const now = Date.parse(history.events.at(-1)?.at ?? '') + 60_000;
  const status = statusOf(reader, pathsOf({ dataDir }), new Date(now));
  reader.close();
  const user = ownStateIfAny({ database: join(dataDir, 'events.db'), dataDir });
  const advice = adviceFor(user, 'en', now);
  const report = macReport(history, { now });
  rmSync(dataDir, { recursive: true, force: true });
  return { summary, status, advice, report };
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'psso-monitor-unknown-'));
  for (const method of methods) {
    const { status } = await told(method, null);
    expect(status.headline).toBe('ok');
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(methods)('a healthy Mac with the method %s', (method) => {
  test.each([
    ['from the first poll on', 0],
    ['after a healthy time', 15],
  ])(
    'claims nothing from a field that is unknown %s',
    async (_when, fromMinute) => {
      const changes = changesOf(healthy.get(method)).filter(
        (change) => !answers.has(nameOf(change)) && (method === 'password' || change.path[0] === 'appSso'),
      );
      expect(changes.length).toBeGreaterThan(method === 'password' ? 100 : 30);
      const wrong: string[] = [];
      for (const change of changes) {
        const name = nameOf(change);
        const { summary, status, advice, report } = await told(method, change, fromMinute);
        const texts = [
          status.headlineText,
          status.window,
          ...advice.sentences,
          report.headline.text,
          report.headline.window,
        ].join('\n');
        if (!['ok', 'unknown'].includes(status.headline)) wrong.push(`${name}: ${status.headline}`);
        if (summary.openIssues.length > 0 || summary.shown > 0)
          wrong.push(`${name}: ${summary.openIssues.join(' ')}`);
        if (
          decisive.test(name) &&
          (status.headline !== 'unknown' || /\bworks\b(?! is not known)/.test(texts))
        )
          wrong.push(`${name}: ${status.headline}, ${texts}`);
        if (ofTheMethod.test(name) && change.path[0] === 'appSso' && texts.includes('independent'))
          wrong.push(`${name}: independent`);
        if (decisive.test(name) && (status.notKnown.length === 0 || report.headline.tone !== 'unknown'))
          wrong.push(`${name}: nothing says what is not known`);
      }
      expect(wrong).toEqual([]);
    },
    600_000,
  );
});

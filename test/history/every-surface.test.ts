import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Freshness } from '../../agent/assess/freshness.ts';
import { signInOf } from '../../agent/doctor/sign-in.ts';
import type { Digest } from '../../agent/fleet/digest.ts';
import { readDatabases } from '../../agent/fleet/read-all.ts';
import { summarise } from '../../agent/fleet/summarise.ts';
import { adviceFor } from '../../agent/history/advice.ts';
import { evidenceOf } from '../../agent/history/evidence.ts';
import { historyOf } from '../../agent/history/history.ts';
import { issueOnMac } from '../../agent/history/issue-on-mac.ts';
import { lastPollIn } from '../../agent/history/last-poll.ts';
import { macAttributes } from '../../agent/history/mac-attributes.ts';
import { userTextOf } from '../../agent/history/main-issue.ts';
import { causeLine } from '../../agent/history/stated-causes.ts';
import { statusOf } from '../../agent/history/status-of.ts';
import { ownStateIfAny } from '../../agent/history/users-of-this-mac.ts';
import { isForAdminOnly } from '../../agent/notify/compose-notifications.ts';
import { publishedState } from '../../agent/publish/state-plist.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { pathsOf } from '../../agent/shared/paths.ts';
import { day, hour, minute, toIso } from '../../agent/shared/time.ts';
import { openReader } from '../../agent/store/reader.ts';
import { providerInRows } from '../../agent/store/state-keys.ts';
import { entry } from '../helpers/cli.ts';
import { replayInto } from '../helpers/replay-into.ts';

/** Every surface over every scenario: no two of them disagree, whatever the age of the record. */

const folders = ['../scenarios/', '../field/', '../cli/status-scenarios/'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);
const scenarios = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => ({ name: name.replace(/\.ndjson$/, ''), path: join(folder, name) })),
);

interface Replayed {
  readonly dataDir: string;
  /** The last poll. */
  readonly end: number;
  readonly digest: Digest;
}

let root: string;
const replayed = new Map<string, Replayed>();

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'psso-monitor-surfaces-'));
  const found: { mac: string; path: string }[] = [];
  for (const { name, path } of scenarios) {
    const dataDir = join(root, name);
    mkdirSync(dataDir);
    await replayInto(dataDir, path);
    found.push({ mac: name, path: join(dataDir, 'events.db') });
  }
  const scratch = join(root, 'scratch');
  mkdirSync(scratch);
  const task = { merged: null, since: null, now: Date.now(), scratch };
  for await (const read of readDatabases(found, task, [process.execPath, entry])) {
    if (read.kind === 'skipped') throw read.error;
    const { mac } = read.database;
    const dataDir = join(root, mac);
    const reader = openReader({ path: read.database.path });
    const { at } = lastPollIn(dataDir, reader);
    reader.close();
    replayed.set(mac, { dataDir, end: at ?? 0, digest: read.digest });
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What each surface says, in the same words. */
function said(dataDir: string, digest: Digest, now: number) {
  const paths = pathsOf({ dataDir });
  const reader = openReader({ path: paths.database });
  try {
    const lastPoll = lastPollIn(dataDir, reader);
    const history = historyOf(reader);
    const user = ownStateIfAny(paths);
    if (user === null) throw new Error('there is no history');
    const open = history.issues.filter(({ status }) => status === 'open').map(({ issue }) => issue);
    return {
      lastPoll,
      history,
      open,
      status: statusOf(reader, paths, new Date(now)),
      attribute: macAttributes([user], now),
      advice: adviceFor(user, 'en', now),
      doctor: signInOf(paths, new Date(now)),
      explain: issueOnMac(paths, open[0] ?? 'psso-not-registered', now),
      report: macReport(history, { now, lastPoll }),
      fleet: summarise(
        { macs: [{ mac: 'a', digest }], skipped: [] },
        { now, since: null, silentAfterSeconds: day / 1000 },
      ),
      plist: publishedState(history.state, history.issues, {
        checkIntervalSeconds: 300,
        agentVersion: '',
      }),
    };
  } finally {
    reader.close();
  }
}

const ages: [string, number, Freshness][] = [
  ['live', 5 * minute, 'live'],
  ['late', 20 * hour, 'late'],
  ['ended', 9 * day, 'ended'],
];

describe.each(scenarios.map(({ name }) => name))('%s', (name) => {
  test.each(ages)('a record that is %s', (_what, age, freshness) => {
    const of = replayed.get(name);
    if (of === undefined) throw new Error(`${name} was not replayed`);
    const { end } = of;
    const { status, attribute, advice, doctor, explain, report, fleet, plist, open, history } = said(
      of.dataDir,
      of.digest,
      end + age,
    );
    const [row] = fleet.list;
    const current = freshness === 'live' || freshness === 'late';
    const { headline, was, since } = status;

    expect({ freshness: status.freshness, was: was === null }).toEqual({ freshness, was: current });
    expect(doctor).toMatchObject({ headline, was, freshness, since: since === '' ? null : since });
    expect(explain.assessment).toMatchObject({ headline, was, freshness });
    expect(attribute).toMatchObject({ headline: current ? headline : 'silent', was, freshness });
    expect(row).toMatchObject({ headline, was, freshness, since: since === '' ? null : since });
    expect(plist.headline).toBe(was ?? headline);
    expect(plist.headlineSince ?? '').toBe(since);
    if (current) expect(attribute.since).toBe(since);
    expect(report.headline.since === null ? '' : toIso(report.headline.since)).toBe(since);
    expect(report.headline.isCurrent).toBe(current);

    // What is open.
    const sorted = open.toSorted();
    expect(status.openIssues.map(({ issue }) => issue).sort()).toEqual(sorted);
    expect(attribute.openIssues).toEqual(sorted);
    expect(row?.openIssues.toSorted()).toEqual(sorted);

    // What is wrong, and the best cause of it.
    const [best] = status.main?.causes ?? [];
    const cause = best === undefined ? '' : causeLine(best);
    const problem = status.openIssues.find(({ issue }) => issue === status.main?.issue)?.summary ?? '';
    expect(report.headline).toMatchObject({ cause, problem, next: status.next });
    expect(row?.cause).toBe(cause);
    expect(plist.openIssues.map(({ id }) => id)).toEqual(sorted);
    expect(
      report.issues
        .filter(({ open }) => open)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(sorted);

    // The texts, with their numbers.
    const state = Object.fromEntries(history.state.map(({ key, value }) => [key, value]));
    for (const issue of open) {
      const text = userTextOf(issue, evidenceOf(issue, history.evidence), providerInRows(history.state));
      expect(report.advice[issue]?.user ?? []).toEqual(text?.steps ?? []);
      const problem = advice.problems.find(({ title }) => title === text?.title);
      if (current && text !== null && !isForAdminOnly(issue, open, state.configured ?? ''))
        expect(problem?.steps).toEqual(text.steps);
    }

    // A record that is not current claims nothing.
    const notKnown = /^Not known since .*\(was: /;
    if (current) {
      const claimsOk = headline === 'ok';
      expect(report.headline.tone === 'good').toBe(claimsOk);
      expect(status.headlineText === 'Platform SSO works.').toBe(claimsOk);
      expect(advice.sentences).toEqual(
        claimsOk ? expect.arrayContaining(['Work sign-in works on this Mac.']) : advice.sentences,
      );
    } else {
      expect(status.headlineText).toMatch(notKnown);
      expect(doctor?.text).toMatch(notKnown);
      expect(attribute.summary).toMatch(notKnown);
      expect(report.headline.text).toMatch(notKnown);
      expect(report.headline.tone).toBe('unknown');
      expect(advice.problems).toEqual([]);
      expect(advice.sentences).toEqual(['Your work sign-in can’t be checked right now.']);
      expect(fleet.freshness).toBe('ended');
    }
  });

  test('a record of an agent that crashed nine days ago', () => {
    const of = replayed.get(name);
    if (of === undefined) throw new Error(`${name} was not replayed`);
    const run = join(of.dataDir, 'agent.json');
    const record = { pid: 2 ** 22 + 1, startedAt: toIso(of.end), version: '0.1.0', cleanStop: false };
    writeFileSync(run, JSON.stringify(record));
    utimesSync(run, of.end / 1000, of.end / 1000);
    const { status, attribute, doctor, report } = said(of.dataDir, of.digest, of.end + 9 * day);
    rmSync(run);
    expect(status).toMatchObject({ headline: 'unknown', freshness: 'silent' });
    expect(attribute).toMatchObject({ headline: 'silent', freshness: 'silent' });
    expect(doctor).toMatchObject({ headline: 'unknown', freshness: 'silent' });
    expect(report.headline).toMatchObject({ tone: 'unknown', isCurrent: false });
  });
});

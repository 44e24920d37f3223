import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FleetSummary, fleetOutput } from '../../../agent/fleet/fleet-output.ts';
import { hour, second, toIso } from '../../../agent/shared/time.ts';
import { cli } from '../../helpers/cli.ts';
import { laterCopy, madeMac, span, start, synced } from './made-fleet.ts';

const end = { at: '+30h', end: true };

/** Ten histories of a Mac; `syncedAt`: when the agent saw the changed password arrive. */
const histories: Readonly<
  Record<string, { lines: readonly object[]; syncedAt: string | null; not?: string }>
> = {
  soon: { lines: [...synced('+4h10m5s'), end], syncedAt: '+4h10m5s' },
  hour: { lines: [...synced('+5h0m1s'), end], syncedAt: '+5h0m1s' },
  afternoon: { lines: [...synced('+7h59m59s'), end], syncedAt: '+7h59m59s' },
  evening: { lines: [...synced('+11h3m9s'), end], syncedAt: '+11h3m9s' },
  tomorrow: { lines: [...synced('+26h40m'), end], syncedAt: '+26h40m' },
  late: { lines: [...synced('+29h0m7s'), end], syncedAt: '+29h0m7s' },
  asked: { lines: [{ at: '+4h10m', psso: { state: 1 } }, end], syncedAt: null, not: 'not-yet' },
  tokens: { lines: [{ at: '+6h', psso: { receivedAt: '+6h' } }, end], syncedAt: null, not: 'not-yet' },
  key: {
    lines: [{ at: '+1m', psso: { method: 'secureEnclaveKey' } }, end],
    syncedAt: null,
    not: 'method-without-password',
  },
  byHand: {
    lines: [{ at: '+6h', passwordLastSetAt: '+6h' }, end],
    syncedAt: null,
    not: 'local-password-set',
  },
};
const copies = 100;

let folder: string;
let summary: FleetSummary;
let text: string;
/** By the name of the Mac: the lag in seconds, or the outcome or reason. */
const expected = new Map<string, number | string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-lag-'));
  const pulls = join(folder, 'pulls');
  mkdirSync(pulls);
  const log: object[] = [];
  let number = 0;
  for (const [history, { lines, syncedAt, not }] of Object.entries(histories)) {
    const base = await madeMac(join(folder, 'bases'), history, { user: history, lines });
    for (let copy = 0; copy < copies; copy++) {
      number++;
      const user = `user${number}`;
      // The history of each Mac is some seconds later, and each password is changed at another second.
      const by = number * 3 * second;
      const changedAt = start + hour + ((number * 7919) % 9000) * second;
      const name = `mac-${number}`;
      laterCopy(base, join(pulls, `${name}.db`), user, by);
      log.push(auditEntry(`${user}@example.com`, changedAt));
      const arrived = syncedAt === null ? null : start + by + span(syncedAt);
      expected.set(name, arrived === null ? (not ?? '') : (arrived - changedAt) / second);
    }
  }
  const file = join(folder, 'audit.json');
  writeFileSync(file, JSON.stringify({ value: log }));
  const json = cli(['fleet', pulls, '--password-changes', file, '--json']);
  expect(json).toMatchObject({ status: 0, stderr: '' });
  summary = fleetOutput.parse(JSON.parse(json.stdout));
  text = cli(['fleet', pulls, '--password-changes', file]).stdout;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function auditEntry(userPrincipalName: string, at: number): object {
  return {
    activityDateTime: toIso(at),
    activityDisplayName: 'Change user password',
    result: 'success',
    targetResources: [{ type: 'User', userPrincipalName }],
  };
}

describe('the lag of 1,000 Macs', () => {
  test('of each Mac, to the second', () => {
    const { passwordChanges: of } = summary;
    const measured = of?.list.map(({ mac, lagSeconds, outcome, reason }) => [
      mac,
      lagSeconds ?? (reason === '' ? outcome : reason),
    ]);
    expect(expected.size).toBe(1000);
    expect(new Map(measured?.map(([mac, result]) => [String(mac), result ?? '']))).toEqual(expected);
  });

  test('counted, with percentiles of the measured values', () => {
    const lags = [...expected.values()].filter((value) => typeof value === 'number').sort((a, b) => a - b);
    const within = (seconds: number) => lags.filter((lag) => lag <= seconds).length;
    const at = (share: number) => lags[Math.ceil(share * lags.length) - 1];
    const { passwordChanges: of } = summary;
    expect(of).toMatchObject({
      count: 1000,
      reached: { count: 600, within4Hours: within(14_400), withinADay: within(86_400) },
      lagSeconds: {
        n: 600,
        p50: at(0.5),
        p75: at(0.75),
        p90: at(0.9),
        p95: at(0.95),
        p99: at(0.99),
        most: at(1),
      },
      notYet: { count: 200, late: 200 },
      replaced: 0,
      notKnown: { count: 200 },
      macsWithoutUser: 0,
    });
    // The histories are chosen so that each span has some.
    expect(within(14_400)).toBeGreaterThan(100);
    expect(within(86_400)).toBeGreaterThan(within(14_400));
    expect(within(86_400)).toBeLessThan(600);
  });

  test('a late Mac has the cause of its list, or what its tokens say', () => {
    const { passwordChanges: of, list } = summary;
    const causes = new Map(list.map(({ mac, cause }) => [mac, cause]));
    expect(of?.late).toHaveLength(200);
    for (const { mac, cause, note } of of?.late ?? []) {
      expect(cause).toBe(causes.get(mac));
      expect(cause !== '' || note.startsWith('macOS received tokens at ')).toBe(true);
    }
  });

  test('in words, without a name of the file', () => {
    const reached = summary.passwordChanges?.reached;
    expect(text).toContain('Reached the Mac: 600 of 1000 changed passwords.');
    expect(text).toContain(`Within 4 hours: ${reached?.within4Hours}. Within a day: ${reached?.withinADay}.`);
    expect(text).toContain('Not yet: 200; 200 of these for more than 4 hours.');
    expect(text).not.toContain('@example.com');
  });
});

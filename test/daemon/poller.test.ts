import { beforeEach, describe, expect, test } from 'vitest';
import { Poller } from '../../agent/daemon/poller.ts';
import type { DetectorInput } from '../../agent/detect/detector.ts';
import { emptyMemory } from '../../agent/detect/memory.ts';
import { noOrganisation } from '../../agent/issues/organisation.ts';
import type { MacChange } from '../../agent/mac/simulated/model.ts';
import { createObserver } from '../../agent/observe/observe.ts';
import { ownIssues } from '../../agent/rules/own-issues.ts';
import { effectiveSettings } from '../../agent/settings/settings.ts';
import { minute, toIso } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';

const start = Date.UTC(2026, 2, 2, 8);
let { values } = effectiveSettings([]);
let { organisation } = effectiveSettings([]);

describe('the poller plans a poll', () => {
  let mac: VirtualMac;
  let poller: Poller;
  let plans: string[];
  let memory = emptyMemory();
  let at: number;

  beforeEach(async () => {
    mac = new VirtualMac({ start, macos: '15.6', user: 'alex' });
    plans = [];
    memory = emptyMemory();
    organisation = noOrganisation;
    ({ values } = effectiveSettings([]));
    at = 0;
    const { runner, files, who, clock } = mac;
    const observe = createObserver({ runner, files, who, clock });
    poller = new Poller({
      clock,
      run: 'a run',
      observe: (request) => {
        plans.push(request.plan.kind);
        return observe(request);
      },
    });
    // Sources that change with a file are read twice before they count as confirmed.
    await poll();
    await poll();
    plans = [];
  });

  async function poll({ recorded = true } = {}) {
    mac.advanceTo(at);
    at += 5 * minute;
    const polled = await poller.poll({ memory, notificationPending: false, values, organisation });
    if (recorded) {
      memory = polled.detected.memory;
      poller.recorded(polled, 5 * minute);
    }
    return polled;
  }

  test('as a short one while all is well, and as a full one after eleven of these', async () => {
    for (let count = 0; count < 24; count++) await poll();
    const full = plans.flatMap((kind, index) => (kind === 'full' ? [index] : []));
    expect(plans).toHaveLength(24);
    expect(full).toEqual([10, 22]);
  });

  test.each<[string, MacChange]>([
    ['tokens were refreshed', { psso: { receivedAt: start + 14 * minute } }],
    ['the registration is lost', { psso: { registered: false, userPresent: false } }],
    ['app-sso does not answer', { appSso: { fail: 'timeout' } }],
    ['Company Portal was updated', { companyPortal: '5.2506.0' }],
    ['another password was set', { passwordLastSetAt: start + 11 * minute }],
  ])('and followed by a full one at once when %s', async (_what, change) => {
    await poll();
    mac.apply(change);
    const { detected } = await poll();
    expect(plans).toEqual(['short', 'short', 'full']);
    // What the short one found is found once.
    expect(new Set(detected.events.map(({ kind }) => kind)).size).toBe(detected.events.length);
  });

  test('runs the rules of the admin in a full one only, and leaves what is open open', async () => {
    const { own, changes } = await ownIssues([
      { place: 'a test', entries: { 'org-x': { When: 'psso.configured', Title: 'A rule' } } },
    ]);
    // The first finding of a run is judged again, with the rules of causes.
    const judged = new Set<number>();
    const watched = own.map((issue) => ({
      ...issue,
      detect: (input: DetectorInput) => {
        judged.add(input.now);
        return issue.detect?.(input) ?? null;
      },
    }));
    organisation = { ...organisation, own: watched, changes };
    const open: string[][] = [];
    for (let count = 0; count < 24; count++)
      open.push((await poll()).detected.open.map(({ issue }) => issue));
    expect(judged.size).toBe(plans.filter((kind) => kind === 'full').length);
    expect(plans.slice(-11)).toContain('short');
    expect(open.at(-1)).toEqual(['org-x']);
    expect(open.flat().filter((issue) => issue === 'org-x').length).toBeGreaterThan(10);
  });

  test('as a short one while the admin names a later time of a password change, and as a full one from then on', async () => {
    values = { ...values, IdpPasswordChangedAt: toIso(start + 31 * minute) };
    for (let count = 0; count < 6; count++) await poll();
    // At 10 to 35 minutes. The poll before the time is full, so that the next one can compare.
    expect(plans).toEqual(['short', 'short', 'short', 'short', 'full', 'full']);
  });

  test('as a full one after a poll whose results were not recorded', async () => {
    await poll({ recorded: false });
    await poll();
    expect(plans).toEqual(['short', 'full']);
  });
});

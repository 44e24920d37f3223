import { describe, expect, test } from 'vitest';
import { causeRules } from '../../agent/causes/cause-rules.ts';
import type { ChangeBefore } from '../../agent/causes/changes-since-last-good.ts';
import { explainFinding } from '../../agent/causes/explain-finding.ts';
import { rankedCauses } from '../../agent/causes/ranked-causes.ts';
import { beginsWithRestart, restartFirst } from '../../agent/causes/restart-first.ts';
import type { DetectorInput } from '../../agent/detect/detector.ts';
import type { Finding } from '../../agent/detect/issue-lifecycle.ts';
import { emptyMemory, type Memory } from '../../agent/detect/memory.ts';
import { day, hour, minute, toIso } from '../../agent/shared/time.ts';
import { afterPollsFor } from '../detect/remembered-polls.ts';

const now = Date.UTC(2026, 10, 28, 12);
const finding: Finding = {
  severity: 'high',
  summary: 'It is broken.',
  evidence: { registration: 'none' },
  key: 'gone',
};

async function inputOf(memory: Partial<Memory>): Promise<DetectorInput> {
  const { observation } = await afterPollsFor(0);
  return {
    now,
    facts: null,
    observation,
    memory: { ...emptyMemory(), everRegistered: true, ...memory },
    window: emptyMemory().window,
    active: true,
    activeFor: 0,
    idpMinimumLength: 8,
    macosMajor: 15,
  };
}

const change = (kind: string, ago: number, from: string | null, to: string | null) => ({
  kind,
  at: now - ago,
  from,
  to,
});

describe('an explained finding', () => {
  test('keeps what was found, and adds each change before it and the causes', async () => {
    const changes = [
      { ...change('company-portal-updated', 20 * minute, '5.2504.0', '5.2602.0'), activeTime: 9 * hour },
      change('restarted', 2 * hour, null, null),
    ];
    const explained = explainFinding(
      'psso-not-registered',
      finding,
      await inputOf({ changes, activeTime: 9 * hour + 5 * minute }),
    );
    expect(explained).toMatchObject({ summary: 'It is broken.', key: 'gone' });
    expect(explained.evidence).toMatchObject({
      registration: 'none',
      changesBefore: [
        {
          kind: 'company-portal-updated',
          at: toIso(now - 20 * minute),
          from: '5.2504.0',
          to: '5.2602.0',
          secondsBefore: 1200,
          activeSecondsBefore: 300,
        },
        {
          kind: 'restarted',
          at: toIso(now - 2 * hour),
          from: null,
          to: null,
          secondsBefore: 7200,
          activeSecondsBefore: null,
        },
      ],
      causes: expect.arrayContaining([
        expect.objectContaining({
          id: 'company-portal-update-triggers-reregistration',
          changeAt: toIso(now - 20 * minute),
        }),
      ]),
    });
  });

  test('without a change has no change, also in a memory without active time', async () => {
    const explained = explainFinding('psso-not-registered', finding, await inputOf({}));
    expect(explained.evidence).toMatchObject({ registration: 'none', changesBefore: [] });
    expect(explained.severity).toBe('high');
  });
});

describe('of two changes of one kind', () => {
  const input = inputOf({});
  const nearInUse = { ...change('restarted', 3 * day, null, null), wall: 3 * day, active: 10 * minute };
  const nearOnTheClock = { ...change('restarted', 2 * day, null, null), wall: 2 * day, active: 20 * minute };
  const causeOf = async (changes: readonly ChangeBefore[]) =>
    rankedCauses('psso-not-registered', changes, await input, null).causes.find(
      ({ id }) => id === 'restarted',
    )?.changeAt;

  test('the nearer one in use is the cause, in any order', async () => {
    expect(await causeOf([nearInUse, nearOnTheClock])).toBe(toIso(nearInUse.at));
    expect(await causeOf([nearOnTheClock, nearInUse])).toBe(toIso(nearInUse.at));
  });
});

test('a definite cause comes before a likely one that is nearer', async () => {
  const methodChanged = change('method-changed', 2 * hour, 'password', 'userSecureEnclaveKey');
  const portalUpdated = change('company-portal-updated', 20 * minute, '5.2504.0', '5.2602.0');
  const changes = [
    { ...methodChanged, wall: 2 * hour, active: 2 * hour },
    { ...portalUpdated, wall: 20 * minute, active: 20 * minute },
  ];
  const { causes } = rankedCauses('psso-not-registered', changes, await inputOf({}), null);
  expect(causes.slice(0, 2).map(({ id, grade }) => [id, grade])).toEqual([
    ['auth-method-changed-reregister', 'definite'],
    ['company-portal-update-triggers-reregistration', 'likely'],
  ]);
});

describe('a restart comes first', () => {
  test('when the best cause says so', () => {
    const remedies = causeRules.flatMap(({ remedyFirst }) => remedyFirst ?? []);
    expect(remedies).toContain(restartFirst);
    for (const remedyFirst of remedies)
      expect(beginsWithRestart({ causes: [{ remedyFirst }] })).toBe(
        remedyFirst.startsWith('Restart the Mac.'),
      );
    expect(beginsWithRestart({ causes: [{ remedyFirst: null }, { remedyFirst: restartFirst }] })).toBe(false);
  });

  test.each([
    null,
    {},
    { causes: [] },
    { causes: [null] },
    { causes: ['x'] },
    { causes: [{}] },
    { causes: 1 },
  ])('not with the evidence %j', (evidence) => {
    expect(beginsWithRestart(evidence)).toBe(false);
  });
});

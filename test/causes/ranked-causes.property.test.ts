import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causeRules } from '../../agent/causes/cause-rules.ts';
import type { ChangeBefore } from '../../agent/causes/changes-since-last-good.ts';
import { rankedCauses } from '../../agent/causes/ranked-causes.ts';
import type { DetectorInput } from '../../agent/detect/detector.ts';
import { emptyMemory } from '../../agent/detect/memory.ts';
import { issueIds } from '../../agent/issues/issues.ts';
import { failed, read } from '../../agent/shared/reading.ts';
import { day, hour, toIso } from '../../agent/shared/time.ts';

const now = Date.UTC(2026, 10, 28);
const none = failed('missing', 'not read');

const input: DetectorInput = {
  now,
  facts: null,
  observation: {
    at: toIso(now),
    monotonic: 0,
    appSso: none,
    account: none,
    passwordPolicy: none,
    session: none,
    power: none,
    network: none,
    focus: none,
    workplaceJoin: none,
    screenUnlock: none,
    chromeHost: none,
    extensions: none,
    passwordTools: none,
    fileVault: none,
    systemIntegrity: none,
    fingerprints: none,
    smartCards: none,
    hosts: none,
    macos: read('15.2'),
    companyPortal: read(null),
    oktaVerify: read(null),
    ssoProfile: read(null),
    enrollment: read({ enrolled: false, userApproved: null }),
  },
  memory: { ...emptyMemory(), everRegistered: true },
  window: emptyMemory().window,
  active: true,
  activeFor: 0,
  idpMinimumLength: 8,
  macosMajor: 15,
};

const value = fc.constantFrom(null, 'no', 'yes', '13.6', '15.2', '5.2504.0', 'password');
const changes = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...causeRules.flatMap(({ change }) => change ?? [])),
      from: value,
      to: value,
      wall: fc.integer({ min: 0, max: 20 * day }),
      active: fc.option(fc.integer({ min: 0, max: 9 * hour })),
    })
    .map((change): ChangeBefore => ({ ...change, at: now - change.wall })),
  { maxLength: 12 },
);

test('the order of the causes never depends on the order of the changes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...issueIds),
      changes.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      fc.option(fc.integer({ min: 0, max: 20 * day })),
      (issue, [list, shuffled], good) => {
        const lastGood = good === null ? null : now - good;
        const { causes } = rankedCauses(issue, list, input, lastGood);
        expect(rankedCauses(issue, shuffled, input, lastGood).causes).toEqual(causes);
        const grades = causes.map(({ grade }) => ['definite', 'likely', 'possible'].indexOf(grade));
        expect(grades).toEqual(grades.toSorted((one, other) => one - other));
        expect(new Set(causes.map(({ id }) => id)).size).toBe(causes.length);
        // Never a cause without a change, but for the version of macOS.
        for (const { changeAt } of causes)
          if (changeAt !== null) expect(list.map(({ at }) => toIso(at))).toContain(changeAt);
        for (const { sentence } of causes) expect(sentence).not.toMatch(/null|undefined|NaN|Infinity/);
      },
    ),
  );
});

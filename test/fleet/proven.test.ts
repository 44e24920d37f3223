import { expect, test } from 'vitest';
import type { Digest } from '../../agent/fleet/digest.ts';
import { provenOf } from '../../agent/fleet/proven-of.ts';
import { digestOf } from './digests.ts';

const issue = (id: string, resolvedAt: number | null): Digest['issues'][number] => ({
  ...{ issue: id, severity: 'high', openedAt: 1_000, resolvedAt },
  ...{ macos: '', companyPortal: '', cause: '', causeGrade: '', causeSentence: '', possibleCause: '' },
});

test('counts the Macs that have proven a registration, a sync, a repair and a migration', () => {
  const digests = [
    digestOf({ state: { registration: 'complete' }, outcomes: { 'password-synced': 3 } }),
    digestOf({
      state: { registration: 'complete' },
      outcomes: { 'token-refreshed': 9, 'password-synced': 0 },
      issues: [
        issue('registration-needs-repair', 2_000),
        issue('wpj-key-not-removed-after-migration', 2_000),
      ],
    }),
    digestOf({
      state: { registration: 'none' },
      issues: [issue('registration-needs-repair', null), issue('wpj-key-not-removed-after-migration', null)],
    }),
  ];
  expect(provenOf(digests)).toEqual([
    { scenario: 'registration', macs: 2 },
    { scenario: 'password-sync', macs: 1 },
    { scenario: 'repair', macs: 1 },
    { scenario: 'migration', macs: 1 },
  ]);
});

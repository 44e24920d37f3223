import type { Digest } from './digest.ts';
import type { FleetSummary } from './fleet-output.ts';

type Scenario = FleetSummary['proven'][number]['scenario'];

const isResolved = (digest: Digest, ids: readonly string[]) =>
  digest.issues.some(({ issue, resolvedAt }) => resolvedAt !== null && ids.includes(issue));

/** What `validate` asks of one Mac, as far as a digest tells it. */
const scenarios: readonly (readonly [scenario: Scenario, isProven: (digest: Digest) => boolean])[] = [
  ['registration', ({ state }) => state.registration === 'complete'],
  ['password-sync', ({ outcomes }) => (outcomes['password-synced'] ?? 0) > 0],
  ['repair', (digest) => isResolved(digest, ['registration-needs-repair', 'deregister-reregister-macos13'])],
  ['migration', (digest) => isResolved(digest, ['wpj-key-not-removed-after-migration'])],
];

/** How many Macs have proven each scenario of a roll-out. */
export function provenOf(digests: readonly Digest[]): FleetSummary['proven'] {
  return scenarios.map(([scenario, isProven]) => ({ scenario, macs: digests.filter(isProven).length }));
}

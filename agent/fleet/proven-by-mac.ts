import type { EpochMs } from '../shared/time.ts';
import { isoOrNull } from '../shared/time.ts';
import { type ProvenScenario, provenAt } from '../validation/proven.ts';
import type { Digest } from './digest.ts';
import type { FleetSummary } from './fleet-output.ts';

type Proven = FleetSummary['list'][number]['proven'];

/** A digest has it, and the history record of a store. */
interface ProofsOfMac extends Pick<Digest, 'proofs' | 'syncedAt' | 'state' | 'registrationSince'> {
  readonly issues: readonly Digest['issues'][number][];
}

/** When one Mac proved each scenario of a roll-out: the same answer as `validate` on that Mac. */
export function provenByMac(
  { issues, proofs, syncedAt, state, registrationSince }: ProofsOfMac,
  { since, until }: { readonly since: EpochMs | null; readonly until: EpochMs },
): Proven {
  const at = provenAt({
    from: since ?? Number.NEGATIVE_INFINITY,
    until,
    events: proofs.map(([kind, at]) => ({ kind, at })),
    issues,
    syncedAt,
    registeredSince: state.registration === 'complete' ? (registrationSince ?? until) : null,
  });
  const iso = (scenario: ProvenScenario) => isoOrNull(at[scenario]);
  return {
    registration: iso('registration'),
    'password-sync': iso('password-sync'),
    repair: iso('repair'),
    migration: iso('migration'),
  };
}

import type { Digest } from './digest.ts';
import { copiesAmong } from './duplicates.ts';
import type { FleetSummary, ListedSummary } from './fleet-output.ts';
import { type FleetOptions, FleetTally } from './fleet-tally.ts';

export interface FleetInput {
  /** `host`: the Mac without the user; default: `mac`. */
  readonly macs: readonly { readonly mac: string; readonly host?: string; readonly digest: Digest }[];
  readonly skipped: FleetSummary['files']['skipped'];
}

/** Summarises the digests of a fleet. Pure; the order of the input does not matter. */
export function summarise({ macs: given, skipped }: FleetInput, options: FleetOptions): ListedSummary {
  const { duplicates, branches } = copiesAmong(given);
  const older = new Set(duplicates.map(({ mac }) => mac));
  const macs = given
    .filter(({ mac }) => !older.has(mac))
    .sort((one, other) => (one.mac < other.mac ? -1 : 1));
  const tally = new FleetTally(options);
  for (const { mac, digest } of macs) tally.add(mac, digest);
  return tally.summary({
    macs: new Set(macs.map(({ mac, host }) => host ?? mac)).size,
    files: {
      found: given.length + skipped.length,
      read: given.length,
      skipped: [...skipped],
      duplicates,
      branches,
    },
  });
}

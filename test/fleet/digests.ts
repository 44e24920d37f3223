import type { Digest } from '../../agent/fleet/digest.ts';

/** A digest that is empty except for these values. */
export function digestOf(change: Partial<Digest> = {}): Digest {
  return {
    schemaVersion: 1,
    firstAt: null,
    lastAt: null,
    headlineSince: null,
    agentVersion: '',
    state: {},
    runs: [],
    marks: [],
    issues: [],
    proofs: [],
    syncedAt: null,
    beganAt: null,
    passwordSyncs: [],
    localPasswordSets: [],
    silenced: [],
    registrationSince: null,
    outcomes: {},
    lags: [],
    activeLags: [],
    passwordLags: [],
    activePasswordLags: [],
    macosSeen: [],
    companyPortalSeen: [],
    changes: [],
    ...change,
  };
}

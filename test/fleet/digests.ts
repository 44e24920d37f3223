import type { Digest } from '../../agent/fleet/digest.ts';

/** What a database says of which nothing is known but this. */
export function digestOf(change: Partial<Digest> = {}): Digest {
  return {
    schemaVersion: 1,
    firstAt: null,
    lastAt: null,
    agentVersion: '',
    state: {},
    runs: [],
    marks: [],
    issues: [],
    outcomes: {},
    lags: [],
    activeLags: [],
    macosSeen: [],
    companyPortalSeen: [],
    changes: [],
    ...change,
  };
}

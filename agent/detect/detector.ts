import type { Severity } from '../shared/event.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { Observation, SourceName } from '../shared/observation.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Facts } from './facts.ts';
import type { Finding, Verdict } from './issue-lifecycle.ts';
import type { Memory } from './memory.ts';
import type { WindowMemory } from './window-memory.ts';

/** The input of every detector: pure data, no clock, no commands. */
export interface DetectorInput {
  readonly now: EpochMs;
  /** What `app-sso` printed in this poll, unconfirmed; null: it could not be read. */
  readonly facts: Facts | null;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly window: WindowMemory;
  readonly active: boolean;
  /** Milliseconds of active time since the previous poll. */
  readonly activeFor: number;
  /** Minimum password length of the identity provider, in characters. */
  readonly idpMinimumLength: number;
  /** `13`; null: the version could not be read. */
  readonly macosMajor: number | null;
}

/** An issue that the agent can detect: its id, its rules for polling, and the function that decides. */
export interface Detector {
  readonly id: string;
  /** The identity providers that have the issue. Without it: every one. */
  readonly providers?: readonly IdentityProvider[];
  /** Only the delay before the first notification: until then, full polls measure the active time. */
  readonly cadence: { readonly firstAfterSeconds: number };
  /**
   * A configuration issue that can stay open for months. Once open, it does not shorten the poll interval;
   * after the first notification is due, short polls are allowed.
   */
  readonly longLasting?: true;
  /** The sources that are read rarely, and more often while the issue was found or is open. */
  readonly reads?: readonly SourceName[];
  /** While it is open, macOS asks the user for the new password. */
  readonly promptPending?: true;
  /** False: sign-in works while the issue is open. */
  readonly breaksSignIn?: boolean;
  /** Only the admin can act on it, ever: the user is never notified, and no language has a text. */
  readonly audience?: 'admin';
  readonly detect: (input: DetectorInput) => Verdict;
  /** The severity that the admin set for the issue; it replaces that of a finding. */
  readonly setSeverity?: Severity;
}

/** Adds the causes to a finding of an issue (agent/causes/explain-finding.ts). */
export type ExplainFinding = (issue: string, finding: Finding, input: DetectorInput) => Finding;

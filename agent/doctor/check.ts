import type { ObserveDependencies } from '../observe/source-step.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import type { Paths } from '../shared/paths.ts';
import type { CheckResult } from './doctor-output.ts';

/** Dependencies of the checks. */
export interface CheckDependencies extends ObserveDependencies {
  readonly paths: Paths;
  readonly settings: EffectiveSettings;
  /** null: this machine. */
  readonly sysroot: string | null;
  /** Whether this is a Mac or a simulated one. */
  readonly onMac: boolean;
  readonly uid: number;
  /** The version of this program. */
  readonly version: string;
}

/** One check with one or more outcomes. A check that rejects could not run; it does not fail. */
export interface Check {
  readonly id: string;
  readonly group: CheckResult['group'];
  readonly run: (deps: CheckDependencies) => Promise<readonly Outcome[]>;
}

export type Outcome = Pick<CheckResult, 'verdict' | 'message' | 'next'> & {
  /** Replaces the id of the check, for one of several outcomes. */
  readonly id?: string;
};

export const pass = (message: string): Outcome => ({ verdict: 'pass', message, next: null });
export const warn = (message: string, next: string | null): Outcome => ({ verdict: 'warn', message, next });
export const fail = (message: string, next: string): Outcome => ({ verdict: 'fail', message, next });
export const couldNotRun = (message: string, next: string | null = null): Outcome => ({
  verdict: 'could-not-run',
  message,
  next,
});

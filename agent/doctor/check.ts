import type { ObserveDependencies } from '../observe/source-step.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import type { Paths } from '../shared/paths.ts';
import type { CheckResult } from './doctor-output.ts';

/** What the checks look at the world through. */
export interface CheckDependencies extends ObserveDependencies {
  readonly paths: Paths;
  readonly settings: EffectiveSettings;
  /** Null: this machine itself. */
  readonly sysroot: string | null;
  /** A Mac, or a simulated one. */
  readonly onMac: boolean;
  readonly uid: number;
  /** The version of this program. */
  readonly version: string;
}

/**
 * One question. It answers with one result or several, and may reject: then it is one that could not run, never one that
 * fails.
 */
export interface Check {
  readonly id: string;
  readonly group: CheckResult['group'];
  readonly run: (deps: CheckDependencies) => Promise<readonly Outcome[]>;
}

export type Outcome = Pick<CheckResult, 'verdict' | 'message' | 'next'> & {
  /** Instead of the check's own, where it answers several things. */
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

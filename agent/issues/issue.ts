import type { Detector } from '../detect/detector.ts';
import type { OpenIssue } from '../detect/run-detectors.ts';
import type { Severity } from '../shared/event.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';

/**
 * When the user is notified of an open issue. The first notification counts active time (awake, unlocked,
 * online, at the console) since the issue opened; each other one counts real time since the one before, and
 * the last value repeats. `maximum` counts the notifications of one episode; 0: the user is never notified.
 */
export interface Cadence {
  readonly firstAfterSeconds: number;
  readonly repeatAfterSeconds: readonly number[];
  readonly maximum: number;
}

/**
 * How much the local evidence is worth:
 * - `definite`   a documented or measured field shows the issue
 * - `likely`     a strong combination of evidence; other causes are possible
 * - `heuristic`  only the identity provider or an admin's logs can show it; never claimed to be the cause
 */
export const reliabilities = ['definite', 'likely', 'heuristic'] as const;
type Reliability = (typeof reliabilities)[number];

export const signInMethods = ['password', 'secureEnclaveKey', 'smartCard'] as const;
type SignInMethod = (typeof signInMethods)[number];

/**
 * Whether an open issue concerns the user now. `notifyAfterSeconds` replaces the `firstAfterSeconds` of the
 * cadence.
 */
export interface NotificationRule {
  readonly notify: boolean;
  readonly notifyAfterSeconds?: number;
}

/** Whether an identity provider can have the issue. */
export function isOfProvider({ providers }: Pick<Issue, 'providers'>, provider: IdentityProvider): boolean {
  return providers === undefined || providers.includes(provider);
}

/**
 * One known issue, or one possible cause. The ids are a contract (docs/contracts.md).
 *
 * An issue with a detector has notifications, and texts for the user in every language, unless its audience
 * is the admin. An issue without one is a possible cause: nothing on the Mac proves it, so the admin reads it
 * as a possible cause and the user never does.
 */
export interface Issue
  extends Partial<
    Pick<
      Detector,
      'detect' | 'reads' | 'longLasting' | 'promptPending' | 'providers' | 'breaksSignIn' | 'audience'
    >
  > {
  readonly id: string;
  readonly severity: Severity;
  readonly methods: readonly SignInMethod[];
  /** Major versions; `below` is the first version without the issue, or null. */
  readonly macos: { readonly from: string; readonly below: string | null };
  readonly reliability: Reliability;
  readonly cadence: Cadence;
  /** The issues that it may explain, the most fitting first. */
  readonly possibleCauseOf: readonly string[];
  /** The pane of System Settings that remedies it; null: no pane does on every version concerned. */
  readonly settingsLink: string | null;
  /** What the cadence cannot know, because it depends on the other open issues. Without it: always notify. */
  readonly notificationRule?: (issue: OpenIssue, open: readonly OpenIssue[]) => NotificationRule;
  /** Whether only the admin can act on it. `configured` is a value of `v_state`. Without it: never. */
  readonly isForAdminOnly?: (open: readonly string[], configured: string) => boolean;
  /** Whether the user can only ask IT, so that the helpdesk needs the admin's steps. Without it: never. */
  readonly userCanOnlyAsk?: (provider: IdentityProvider) => boolean;
}

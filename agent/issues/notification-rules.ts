import type { OpenIssue } from '../detect/run-detectors.ts';
import { hour, second } from '../shared/time.ts';
import type { NotificationRule } from './issue.ts';

/** Rules that several issues share; see `notificationRule` in issue.ts. */

export function isOpen(open: readonly OpenIssue[], id: string): boolean {
  return open.some(({ issue }) => issue === id);
}

const passwordNotReceived: ReadonlySet<string> = new Set([
  'password-change-prompt-pending',
  'password-change-window-overdue',
]);

/** Whether a new password did not reach the Mac while this issue is open. */
export function isPasswordNotReceived(id: string): boolean {
  return passwordNotReceived.has(id);
}

const profileIssues: ReadonlySet<string> = new Set([
  'registration-token-wrong',
  'sso-payload-misconfigured-10001',
  'sso-payload-conflict-10002',
]);

/** Whether the issue is a mistake in the profile, which only the admin can correct. */
export function isProfileIssue(id: string): boolean {
  return profileIssues.has(id);
}

/** Whether the evidence of a registration names a mistake in the profile that stops it. */
export function isStoppedByProfile(evidence: Readonly<Record<string, unknown>> | null): boolean {
  const causes: unknown = evidence?.possibleCauses;
  return Array.isArray(causes) && causes.some((cause) => typeof cause === 'string' && isProfileIssue(cause));
}

/** The user was just notified to register: wait for an hour of active time in between. */
export function afterRegistrationNotification(
  { evidence }: OpenIssue,
  open: readonly OpenIssue[],
): NotificationRule {
  if (isStoppedByProfile(evidence)) return { notify: false };
  return isOpen(open, 'psso-not-registered')
    ? { notify: true, notifyAfterSeconds: hour / second }
    : { notify: true };
}

/** The sign-in that macOS prompts for brings new tokens too: never two notifications for one action. */
export function unlessPrompted(_: OpenIssue, open: readonly OpenIssue[]): NotificationRule {
  return { notify: !isOpen(open, 'password-change-prompt-pending') };
}

/** Missing or expired tokens ask for the same sign-in. */
export function unlessTokensAreGone(_: OpenIssue, open: readonly OpenIssue[]): NotificationRule {
  return { notify: !isOpen(open, 'sso-tokens-expired') && !isOpen(open, 'sso-tokens-missing') };
}

/** The most specific first: a rule that refuses the password says more than the password that is missing. */
const passwordThread = [
  'passcode-policy-complexity-mismatch',
  'password-change-prompt-pending',
  'password-change-window-overdue',
];

/** The thread of an issue whose notifications replace each other; lower ranks are more specific. */
export function threadOf(id: string): { readonly id: string; readonly rank: number } | null {
  const rank = passwordThread.indexOf(id);
  return rank < 0 ? null : { id: 'password', rank };
}

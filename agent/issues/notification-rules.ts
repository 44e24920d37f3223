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

/** No registration completes before these are corrected. */
const stoppingIssues: ReadonlySet<string> = new Set([
  'company-portal-missing',
  'mdm-enrollment-missing',
  'sso-profile-missing',
  'registration-token-wrong',
  'sso-payload-misconfigured-10001',
  'sso-payload-conflict-10002',
]);

/** Whether no registration can complete while the issue is open. */
export function stopsRegistration(id: string): boolean {
  return stoppingIssues.has(id);
}

/** Whether the evidence of a registration names an issue that stops it. */
export function isRegistrationStopped(evidence: Readonly<Record<string, unknown>> | null): boolean {
  const causes: unknown = evidence?.possibleCauses;
  return (
    Array.isArray(causes) && causes.some((cause) => typeof cause === 'string' && stopsRegistration(cause))
  );
}

/** A repair has no effect while an issue stops every registration. */
export function unlessStopped({ evidence }: OpenIssue): NotificationRule {
  return { notify: !isRegistrationStopped(evidence) };
}

/** The user was just notified to register: wait for an hour of active time in between. */
export function afterRegistrationNotification(
  { evidence }: OpenIssue,
  open: readonly OpenIssue[],
): NotificationRule {
  if (isRegistrationStopped(evidence)) return { notify: false };
  return isOpen(open, 'psso-not-registered')
    ? { notify: true, notifyAfterSeconds: hour / second }
    : { notify: true };
}

/** The sign-in that macOS prompts for brings new tokens too: never two notifications for one action. */
export function unlessPrompted(_: OpenIssue, open: readonly OpenIssue[]): NotificationRule {
  return { notify: !isOpen(open, 'password-change-prompt-pending') };
}

/** Without Company Portal the prompts and repairs of macOS have no effect: one notification for one cause. */
export function isWithoutCompanyPortal(issue: string, open: readonly OpenIssue[]): boolean {
  return issue !== 'company-portal-missing' && isOpen(open, 'company-portal-missing');
}

const registrationIssues = [
  'psso-not-registered',
  'registration-needs-repair',
  'deregister-reregister-macos13',
  'registration-long-running-macos14',
  'registration-long-running-macos13',
];

/** The registration that another issue asks for is the same action. */
export function unlessRegistrationIsOpen(_: OpenIssue, open: readonly OpenIssue[]): NotificationRule {
  return { notify: !registrationIssues.some((issue) => isOpen(open, issue)) };
}

/** Tokens that are expired or missing have issues of their own. */
export function unlessTokensAreGone(issue: OpenIssue, open: readonly OpenIssue[]): NotificationRule {
  const gone = isOpen(open, 'sso-tokens-expired') || isOpen(open, 'sso-tokens-missing');
  return gone ? { notify: false } : unlessPrompted(issue, open);
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

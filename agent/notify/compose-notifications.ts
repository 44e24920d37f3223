import { notMet, preconditionsIn } from '../assess/preconditions.ts';
import type { Detected } from '../detect/detect.ts';
import type { OpenIssue } from '../detect/run-detectors.ts';
import { neverNotified } from '../issues/fact-values.ts';
import type { Cadence, NotificationRule } from '../issues/issue.ts';
import { breaksSignIn, cadenceOf, issueOf } from '../issues/issues.ts';
import { isWithoutCompanyPortal, threadOf } from '../issues/notification-rules.ts';
import { type IssueChange, isOwnId, noOrganisation, type Organisation } from '../issues/organisation.ts';
import type { Settings } from '../settings/schema.ts';
import { type NewEvent, newEvent } from '../shared/event.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { Observation } from '../shared/observation.ts';
import { day, type EpochMs, second, toIso } from '../shared/time.ts';
import { providerOfState } from '../store/state-keys.ts';
import { issueText, withHelp } from '../texts/issue-text.ts';
import type { LanguageTexts } from '../texts/language-texts.ts';
import { textParameters } from '../texts/text-parameters.ts';
import { bodyLimit } from './notification-limits.ts';
import { applyPolicy, type PolicyInput } from './notification-policy.ts';
import type { Delivery, Notification } from './notifier.ts';
import type { PolicyMemory, SuppressionReason } from './policy-memory.ts';

export type Purpose = 'problem' | 'reminder' | 'solved';

/** A notification to deliver, or one that is suppressed, with the reason. */
export interface ComposedNotification {
  readonly issue: string;
  readonly purpose: Purpose;
  readonly notification: Notification;
  readonly suppressed: SuppressionReason | null;
}

export interface NotificationDecision {
  readonly policyMemory: PolicyMemory;
  readonly notifications: ComposedNotification[];
  /** Identifiers of notifications to withdraw. */
  readonly withdraw: string[];
  readonly events: NewEvent[];
}

export interface ComposeInput {
  readonly now: EpochMs;
  readonly observation: Observation;
  readonly detected: Pick<Detected, 'open' | 'resolved' | 'state'> & Partial<Pick<Detected, 'elapsedTime'>>;
  readonly policyMemory: PolicyMemory;
  readonly silences: Readonly<Record<string, EpochMs>>;
  readonly settings: Settings;
  readonly texts: LanguageTexts;
  readonly organisation?: Organisation;
}

/** Whether only the admin can act on an open issue. `configured` is a value of `v_state`. */
export function isForAdminOnly(
  issue: string,
  open: readonly string[],
  configured: string,
  organisation: Organisation = noOrganisation,
): boolean {
  const known = issueOf(issue, organisation);
  return known?.audience === 'admin' || (known?.isForAdminOnly?.(open, configured) ?? false);
}

/** Whether an open issue concerns the user now, given the other open issues. */
export function notificationRule(
  issue: OpenIssue,
  open: readonly OpenIssue[],
  organisation: Organisation = noOrganisation,
): NotificationRule {
  const known = issueOf(issue.issue, organisation);
  // An own issue says itself whether sign-in is concerned.
  if (known !== null && isOwnId(known.id)) return { notify: known.audience !== 'admin' };
  if (known?.audience === 'admin' || isWithoutCompanyPortal(issue.issue, open)) return { notify: false };
  return known?.notificationRule?.(issue, open) ?? { notify: true };
}

function notificationFor(
  issue: string,
  purpose: Purpose,
  evidence: OpenIssue['evidence'],
  texts: LanguageTexts,
  provider: IdentityProvider,
  organisation: Organisation,
): Notification {
  const { restartFirst = false, ...parameters } = textParameters(evidence, provider);
  // Once: a reminder means that the restart did not help.
  const shown = { ...parameters, restartFirst: restartFirst && purpose === 'problem' };
  const text = issueText(issue, texts, shown, organisation);
  if (purpose === 'solved') return { identifier: issue, title: text.solvedTitle, body: text.solved };
  const body = withHelp(text.body, texts, organisation, bodyLimit);
  return { identifier: issue, title: text.title, body, ...opensFor(issue, organisation) };
}

/** The link that the admin set, the pane of System Settings that helps, or else the helpdesk. */
function opensFor(issue: string, { contacts, changes }: Organisation): Pick<Notification, 'opens'> {
  const opens = changes[issue]?.link ?? issueOf(issue)?.settingsLink ?? contacts.helpdeskUrl;
  return opens === null ? {} : { opens };
}

/**
 * Whether "works again" is true. An issue can also end because another one opens, because Platform SSO is
 * removed, or while the tokens are still due.
 */
function isWellAgain({ open, state }: ComposeInput['detected'], organisation: Organisation): boolean {
  // Neither an issue for the admin alone nor one with which sign-in works delays the solved notification.
  const delays = (issue: OpenIssue) =>
    notificationRule(issue, open, organisation).notify &&
    !(isOwnId(issue.issue) && !breaksSignIn(issue.issue, organisation));
  if (open.some(delays)) return false;
  return (
    state['app-sso'] === 'registered' &&
    ['fresh', 'notApplicable'].includes(state['password-window'] ?? '') &&
    state.headline !== 'unknown' &&
    notMet(preconditionsIn((precondition) => state[precondition])).length === 0
  );
}

/** Daily reminders for two weeks. */
const daily = { repeatAfterSeconds: [day / second], maximum: 15 };

function withReminders(cadence: Cadence, reminders: IssueChange['cadence']): Cadence {
  if (cadence.maximum === 0 || reminders === 'usual') return cadence;
  if (reminders === 'never') return neverNotified;
  return reminders === 'once' ? { ...cadence, maximum: 1 } : { ...cadence, ...daily };
}

/** The notifications after one poll. Pure. */
export function composeNotifications(input: ComposeInput): NotificationDecision {
  const { now, detected, texts, organisation = noOrganisation } = input;
  const decided = applyPolicy(policyInput(input, organisation));
  const provider = providerOfState((key) => detected.state[key] ?? '');
  const notifications: ComposedNotification[] = [];
  const withdraw: string[] = [];
  const events: NewEvent[] = [];
  for (const action of decided.actions) {
    const { issue } = action;
    if (action.type === 'withdraw') {
      withdraw.push(issue);
      continue;
    }
    const { purpose } = action;
    const evidence = detected.open.find((open) => open.issue === issue)?.evidence ?? {};
    const notification = notificationFor(issue, purpose, evidence, texts, provider, organisation);
    const suppressed = action.type === 'suppressed' ? action.reason : null;
    const composed = { issue, purpose, notification, suppressed };
    notifications.push(composed);
    if (suppressed !== null) events.push(suppressedEvent(now, composed, suppressed, input.silences[issue]));
  }
  return { policyMemory: decided.memory, notifications, withdraw, events };
}

function policyInput(input: ComposeInput, organisation: Organisation): PolicyInput {
  const { now, observation, detected, settings } = input;
  const session = observation.session.ok ? observation.session.value : null;
  const local = new Date(now);
  return {
    now,
    clockShift: detected.elapsedTime?.clockShift ?? 0,
    present: session === null ? null : session.screen === 'unlocked' && session.console === 'active',
    focus: observation.focus.ok ? observation.focus.value : 'unknown',
    open: detected.open.map((issue) => ({
      issue: issue.issue,
      openedAt: issue.openedAt,
      severity: issue.severity,
      cadence: withReminders(
        cadenceOf(issue.issue, organisation),
        organisation.changes[issue.issue]?.cadence ?? settings.Reminders,
      ),
      // Without a reading of the session, active time is unknown: elapsed time replaces it.
      activeSeconds: session === null ? Math.max(0, (now - issue.openedAt) / second) : issue.activeSeconds,
      ...notificationRule(issue, detected.open, organisation),
      thread: threadOf(issue.issue),
    })),
    // An ignored issue is not solved.
    resolved: detected.resolved.filter(
      ({ issue }) => !settings.IgnoredIssues.includes(issue) && !organisation.off.includes(issue),
    ),
    wellAgain: isWellAgain(detected, organisation),
    silences: { ...input.silences },
    settings: {
      enabled: settings.NotificationsEnabled && settings.NotificationChannel !== 'none',
      disabledIssues: settings.DisabledIssues,
      quietHours: settings.QuietHours === null ? null : minutesOf(settings.QuietHours),
      maximumPerDay: settings.MaximumNotificationsPerDay,
      localMinuteOfDay: local.getHours() * 60 + local.getMinutes(),
      localDay: `${local.getFullYear()}-${local.getMonth() + 1}-${local.getDate()}`,
    },
    memory: input.policyMemory,
  };
}

function suppressedEvent(
  at: EpochMs,
  { issue, purpose, notification: { title, body } }: ComposedNotification,
  reason: SuppressionReason,
  until: EpochMs | undefined,
): NewEvent {
  const summary = `Not shown (${reasonTexts[reason]}): “${title}”`;
  const data = { purpose, reason, title, body, ...silencedUntil(reason, until) };
  return newEvent(at, 'notification-suppressed', 'info', summary, { issue, to: reason, data });
}

/** For a reader of the database, which holds no silences. */
function silencedUntil(
  reason: SuppressionReason,
  until: EpochMs | undefined,
): { readonly silencedUntil?: string } {
  return reason === 'silenced' && until !== undefined ? { silencedUntil: toIso(until) } : {};
}

const reasonTexts: Readonly<Record<SuppressionReason, string>> = {
  focus: 'a Focus is on',
  quietHours: 'quiet hours',
  cadence: 'the daily limit is reached',
  silenced: 'silenced',
  disabled: 'switched off by a setting',
};

/** The event of a delivery. */
export function deliveryEvent(at: EpochMs, notification: ComposedNotification, delivery: Delivery): NewEvent {
  const { issue, purpose } = notification;
  const { title, body } = notification.notification;
  const data = { purpose, title, body, channel: delivery.channel };
  if (delivery.ok)
    return newEvent(at, 'notification-shown', 'info', `Notified: “${title}”`, { issue, to: 'shown', data });
  const { reason } = delivery;
  const summary = `The notification could not be shown: ${reason}.`;
  return newEvent(at, 'notification-failed', 'low', summary, {
    issue,
    to: 'failed',
    data: { ...data, reason },
  });
}

function minutesOf(hours: { Start: string; End: string }): { fromMinute: number; toMinute: number } {
  const minutes = (text: string) => {
    const [hoursPart = '0', minutesPart = '0'] = text.split(':');
    return Number(hoursPart) * 60 + Number(minutesPart);
  };
  return { fromMinute: minutes(hours.Start), toMinute: minutes(hours.End) };
}

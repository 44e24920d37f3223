import { entryOf } from '../issues/catalogue.ts';
import { durationText } from '../shared/duration-text.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { day, type EpochMs, hour, second, toIso } from '../shared/time.ts';
import { providerInRows, type StateKey, stateByKey } from '../store/state-keys.ts';
import type { EventRow, IssueRow, SyncRow } from '../store/store.ts';
import { type History, instantOf } from './history.ts';
import type { ValidationOutput, ValidationStep } from './validation-output.ts';

/** What each scenario of a roll-out is judged by. */
interface Judged {
  readonly history: Pick<History, 'events' | 'issues' | 'sync'>;
  readonly value: (key: StateKey) => string;
  readonly since: (key: StateKey) => EpochMs | null;
  /** Older events prove nothing. */
  readonly from: EpochMs;
  /** The last poll; null: unknown. */
  readonly lastPollAt: EpochMs | null;
  /** The agent has polled within a day. */
  readonly isCurrent: boolean;
  readonly provider: IdentityProvider;
}

type Judge = (judged: Judged) => ValidationStep;

const preconditionIssues = [
  'mdm-enrollment-missing',
  'sso-profile-missing',
  'company-portal-missing',
  'company-portal-too-old',
  'registration-token-wrong',
  'sso-payload-misconfigured-10001',
  'sso-payload-conflict-10002',
  'macos-too-old',
];
const repairIssues = ['registration-needs-repair', 'deregister-reregister-macos13'];
const registrationIssues = [
  ...repairIssues,
  'registration-long-running-macos14',
  'registration-long-running-macos13',
  'registration-failed-no-retry',
  'psso-not-registered',
];
const passwordIssues = ['password-change-window-overdue', 'password-change-prompt-pending'];
/** Microsoft: a new password reaches the Mac within four hours. */
const syncLimit = 4 * hour;

const titles: Readonly<Record<ValidationStep['id'], string>> = {
  preconditions: 'Preconditions',
  registration: 'Registration',
  'password-sync': 'A new password reaches the Mac',
  repair: 'Repair of a registration',
  migration: 'Migration from Workplace Join',
  'extension-and-autofill': 'Extension and AutoFill',
  notification: 'Notifications of the agent',
  agent: 'The agent',
};

function step(
  id: ValidationStep['id'],
  result: ValidationStep['result'],
  sentence: string,
  judgedBy: readonly string[],
  at: EpochMs | null = null,
): ValidationStep {
  return {
    ...{ id, title: titles[id], result, at: at === null ? null : toIso(at), sentence },
    ...{ judgedBy: [...judgedBy], issue: null, remedy: [] },
  };
}

function failed(id: ValidationStep['id'], open: IssueRow, { provider }: Judged): ValidationStep {
  return {
    ...step(id, 'failed', open.summary, [`v_issues: ${open.issue}`], instantOf(open.opened_at)),
    issue: open.issue,
    remedy: [...(entryOf(open.issue, provider)?.admin.steps ?? [])],
  };
}

/** The first open issue in the order of the ids. */
function openOf({ history }: Judged, ids: readonly string[]): IssueRow | null {
  const open = ids.flatMap((id) =>
    history.issues.filter(({ issue, status }) => issue === id && status === 'open'),
  );
  return open[0] ?? null;
}

/** The newest event of these kinds in the time that counts. */
function lastEvent({ history, from }: Judged, kinds: readonly string[]): EventRow | null {
  const found = history.events.findLast(
    ({ kind, at }) => kinds.includes(kind) && (instantOf(at) ?? Number.NEGATIVE_INFINITY) >= from,
  );
  return found ?? null;
}

/** The newest resolved episode of these issues in the time that counts. */
function lastResolved({ history, from }: Judged, ids: readonly string[]): EpochMs | null {
  const ends = history.issues
    .filter(({ issue, status }) => ids.includes(issue) && status === 'resolved')
    .map(({ resolved_at }) => instantOf(resolved_at))
    .filter((at) => at !== null)
    .filter((at) => at >= from);
  return ends.length === 0 ? null : Math.max(...ends);
}

const preconditions: Judge = (judged) => {
  const open = openOf(judged, preconditionIssues);
  if (open !== null) return failed('preconditions', open, judged);
  const judgedBy = ['v_state: configured, enrolled, company-portal', 'v_issues'];
  const { value, isCurrent, lastPollAt, provider } = judged;
  const needed: readonly (readonly [is: string, name: string])[] = [
    [value('configured') === 'yes' ? 'yes' : value('configured'), 'Platform SSO is configured'],
    [value('enrolled'), 'the Mac is enrolled in MDM'],
    ...(provider === 'entra' ? [[portalOf(value), 'Company Portal is installed'] as const] : []),
  ];
  const missing = needed.find(([is]) => is === 'no');
  if (missing !== undefined)
    return step('preconditions', 'failed', `Not fulfilled: ${missing[1]}.`, judgedBy);
  const unread = needed.filter(([is]) => is !== 'yes').map(([, name]) => name);
  if (!isCurrent || unread.length > 0)
    return step(
      'preconditions',
      'unknown',
      isCurrent ? `Not known: ${unread.join(', ')}.` : 'The agent has not polled for a day.',
      judgedBy,
    );
  const all = needed.map(([, name]) => name).join(', ');
  return step('preconditions', 'proven', `Fulfilled: ${all}.`, judgedBy, lastPollAt);
};

function portalOf(value: Judged['value']): string {
  const portal = value('company-portal');
  return portal === '' ? '' : portal === 'not installed' ? 'no' : 'yes';
}

const registration: Judge = (judged) => {
  const open = openOf(judged, registrationIssues);
  if (open !== null) return failed('registration', open, judged);
  const { value, since, isCurrent } = judged;
  const judgedBy = ['v_state: registration, user-state', 'v_events: registration-completed, re-registered'];
  const event = lastEvent(judged, ['registration-completed', 're-registered']);
  if (event !== null) return step('registration', 'proven', event.summary, judgedBy, instantOf(event.at));
  if (value('registration') === 'complete' && isCurrent)
    return step(
      'registration',
      'proven',
      'The registration is complete. It was complete before the time that counts.',
      judgedBy,
      since('registration'),
    );
  return value('registration') === 'unknown' || !isCurrent
    ? step('registration', 'unknown', 'The registration is not known.', judgedBy)
    : step('registration', 'not-seen', 'No registration is complete.', judgedBy);
};

const passwordSync: Judge = (judged) => {
  const { history, from, value } = judged;
  const judgedBy = ['v_sync', 'v_issues: password-change-window-overdue, password-change-prompt-pending'];
  const syncs = history.sync.filter(
    (row) => row.outcome === 'password-synced' && (instantOf(row.refreshed_at) ?? 0) >= from,
  );
  const newest = syncs
    .map((row) => ({ row, at: instantOf(row.refreshed_at) ?? 0 }))
    .sort((one, other) => other.at - one.at)[0];
  const open = openOf(judged, passwordIssues);
  // A prompt is open for a while in each sync; it fails past the limit.
  const openFor = open === null ? 0 : Number(open.open_seconds) * second;
  if (open !== null && (open.issue === 'password-change-window-overdue' || openFor > syncLimit))
    return failed('password-sync', open, judged);
  if (newest !== undefined)
    return step('password-sync', 'proven', syncSentence(newest.row), judgedBy, newest.at);
  if (value('password-window') === 'notApplicable')
    return step(
      'password-sync',
      'not-possible',
      'With this sign-in method the work password is not the password of the Mac.',
      ['v_state: password-window'],
    );
  return step(
    'password-sync',
    'not-seen',
    'No new password has reached the Mac. Change it on another device, then unlock the Mac with it.',
    judgedBy,
  );
};

function syncSentence({ prompted_at, refreshed_at, lag_seconds, active_lag_seconds }: SyncRow): string {
  const prompted = prompted_at === '' ? 'without a prompt' : `prompted ${prompted_at}`;
  const lag =
    lag_seconds === ''
      ? ''
      : `; lag ${durationText(Number(lag_seconds))} (${durationText(Number(active_lag_seconds))} in use)`;
  return `New tokens and the new local password came ${refreshed_at}, ${prompted}${lag}.`;
}

const repair: Judge = (judged) => {
  const open = openOf(judged, repairIssues);
  if (open !== null) return failed('repair', open, judged);
  const judgedBy = [`v_issues: ${repairIssues.join(', ')}`];
  const at = lastResolved(judged, repairIssues);
  return at === null
    ? step('repair', 'not-seen', 'No registration needed a repair.', judgedBy)
    : step('repair', 'proven', 'A broken registration was repaired.', judgedBy, at);
};

const leftover = 'wpj-key-not-removed-after-migration';

const migration: Judge = (judged) => {
  const open = openOf(judged, [leftover]);
  if (open !== null) return failed('migration', open, judged);
  const judgedBy = [`v_issues: ${leftover}`];
  const at = lastResolved(judged, [leftover]);
  return at === null
    ? step('migration', 'not-seen', 'No leftover of an earlier Workplace Join was found.', judgedBy)
    : step('migration', 'proven', 'The leftover of an earlier Workplace Join was removed.', judgedBy, at);
};

const extension: Judge = () =>
  step(
    'extension-and-autofill',
    'not-possible',
    'The agent does not ask macOS for its list of extensions. Check it with pluginkit -m.',
    [],
  );

const notification: Judge = (judged) => {
  const judgedBy = ['v_events: notification-shown, notification-failed'];
  const event = lastEvent(judged, ['notification-shown', 'notification-failed']);
  if (event === null)
    return step(
      'notification',
      'not-seen',
      'No notification was due. Try it with psso-monitor notify --test.',
      judgedBy,
    );
  const shown = event.kind === 'notification-shown';
  return step('notification', shown ? 'proven' : 'failed', event.summary, judgedBy, instantOf(event.at));
};

const agent: Judge = (judged) => {
  const { lastPollAt, isCurrent } = judged;
  const judgedBy = ['agent.json: last poll', 'v_events: agent-crashed'];
  if (!isCurrent || lastPollAt === null)
    return step('agent', 'failed', 'The agent has not polled for a day.', judgedBy, lastPollAt);
  const crash = lastEvent({ ...judged, from: Math.max(judged.from, lastPollAt - day) }, ['agent-crashed']);
  return crash === null
    ? step(
        'agent',
        'proven',
        'The agent polls, and it has not crashed in the last day.',
        judgedBy,
        lastPollAt,
      )
    : step('agent', 'failed', crash.summary, judgedBy, instantOf(crash.at));
};

const judges: readonly Judge[] = [
  preconditions,
  registration,
  passwordSync,
  repair,
  migration,
  extension,
  notification,
  agent,
];

/**
 * Which scenarios of a roll-out this Mac has proven, from its history alone. `since` null: the whole history
 * counts. A failure of the present counts in any case.
 */
export function validateHistory(
  { events, issues, sync, state }: Pick<History, 'events' | 'issues' | 'sync' | 'state'>,
  { since, now, lastPollAt }: { since: EpochMs | null; now: EpochMs; lastPollAt: EpochMs | null },
): ValidationOutput {
  const rows = stateByKey(state);
  const value = (key: StateKey) => rows.get(key)?.value ?? '';
  const judged: Judged = {
    ...{ history: { events, issues, sync }, value, lastPollAt },
    since: (key) => instantOf(rows.get(key)?.since),
    from: since ?? Number.NEGATIVE_INFINITY,
    isCurrent: lastPollAt !== null && Math.abs(now - lastPollAt) <= day,
    provider: providerInRows(state),
  };
  return {
    judgedAt: toIso(now),
    since: since === null ? null : toIso(since),
    method: value('method'),
    macos: value('macos'),
    companyPortal: value('company-portal'),
    agentVersion: events.at(-1)?.agent_version ?? '',
    steps: judges.map((judge) => judge(judged)),
  };
}

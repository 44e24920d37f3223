import * as z from 'zod/mini';
import { detailOf } from '../history/history.ts';
import type { Redactor } from '../mac/redact/redactor.ts';
import { type EpochMs, fromIso } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import { openReader } from '../store/reader.ts';
import { stateByKey } from '../store/state-keys.ts';
import type { EventRow } from '../store/store.ts';

/** What the recorded history adds to a snapshot. */
export interface RecordedHistory {
  /** Issue ids, sorted. */
  readonly openIssues: readonly string[];
  /** A complete registration was read at some time. Only then can it be lost. */
  readonly everRegistered: boolean;
  readonly method: string;
  /** Oldest first. */
  readonly events: readonly EventRow[];
}

/** Only a complete registration leads to one of these events. */
const afterRegistration: ReadonlySet<string> = new Set([
  'registration-completed',
  're-registered',
  'registration-lost',
  'token-refreshed',
]);

/** Null: the agent has not run for this user. Throws StoreError. */
export function readRecordedHistory(database: string): RecordedHistory | null {
  try {
    const reader = openReader({ path: database });
    try {
      const events = reader.events({});
      return {
        openIssues: reader
          .issues()
          .filter(({ status }) => status === 'open')
          .map(({ issue }) => issue)
          .sort(),
        everRegistered: reader.sync().length > 0 || events.some(({ kind }) => afterRegistration.has(kind)),
        method: stateByKey(reader.state()).get('method')?.value ?? 'password',
        events,
      };
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof StoreError && error.code === 'missing') return null;
    throw error;
  }
}

/** Changes of the simulated Mac at an instant. */
export interface ScenarioChange {
  readonly at: EpochMs;
  readonly changes: Readonly<Record<string, unknown>>;
}

const asleep = z.object({ reason: z.string(), from: z.iso.datetime() });
const instant = z.optional(z.iso.datetime());
const times = z.object({ receivedAt: instant, previousReceivedAt: instant, setAt: instant });

/**
 * The recorded changes of this Mac since an instant, as lines of a scenario: updates, registration,
 * refreshes, passwords, sleep. Screen and network are not recorded, nor the password rules and the profile of
 * that time. `before`: the state at the beginning, as far as later events tell it.
 */
export function changesSince(
  events: readonly EventRow[],
  since: EpochMs,
  redactor: Redactor,
): { readonly before: Readonly<Record<string, unknown>>; readonly lines: readonly ScenarioChange[] } {
  const later = events.filter(({ at }) => fromIso(at) >= since);
  const lines = later.flatMap((event) => linesOf(event, redactor)).filter(({ at }) => at >= since);
  return { before: beforeAll(later, redactor), lines: lines.sort((a, b) => a.at - b.at) };
}

function beforeAll(events: readonly EventRow[], redactor: Redactor): Record<string, unknown> {
  const first = (...kinds: string[]) => events.find(({ kind }) => kinds.includes(kind));
  const macos = first('macos-updated')?.from_state ?? '';
  const companyPortal = first('company-portal-updated');
  const oktaVerify = first('okta-verify-updated');
  const enrollment = first('enrollment-changed');
  const registration = first('registration-lost', 'registration-completed', 're-registered');
  const deviceId = first('re-registered')?.from_state ?? '';
  const refresh = first('token-refreshed', 'password-synced');
  const receivedAt = refresh === undefined ? undefined : timesOf(refresh).previousReceivedAt;
  const wasRegistered = registration === undefined || registration.kind !== 'registration-completed';
  return {
    ...(isVersion(macos) ? { macos } : {}),
    ...(companyPortal === undefined ? {} : { companyPortal: versionOrNone(companyPortal.from_state) }),
    ...(oktaVerify === undefined ? {} : { oktaVerify: versionOrNone(oktaVerify.from_state) }),
    ...(enrollment === undefined ? {} : { enrolled: enrollment.from_state === 'yes' }),
    // Only the last setting of the password is recorded. The one before is unknown.
    ...(first('password-synced', 'local-password-changed') === undefined
      ? {}
      : { passwordLastSetAt: '-20d' }),
    psso: {
      ...(receivedAt === undefined ? {} : { receivedAt }),
      ...(deviceId === '' ? {} : { deviceId: redactor.guid(deviceId) }),
      ...(wasRegistered ? {} : { registered: registration.from_state === 'device', userPresent: false }),
    },
  };
}

function timesOf(event: EventRow): z.infer<typeof times> {
  const read = times.safeParse(detailOf(event));
  return read.success ? read.data : {};
}

function linesOf(event: EventRow, redactor: Redactor): ScenarioChange[] {
  const at = fromIso(event.at);
  const { to_state: to } = event;
  const one = (changes: Record<string, unknown>): ScenarioChange[] => [{ at, changes }];
  const { receivedAt = event.at, setAt = event.at } = timesOf(event);
  switch (event.kind) {
    case 'macos-updated':
      return isVersion(to) ? one({ macos: to }) : [];
    case 'company-portal-updated':
      return one({ companyPortal: versionOrNone(to) });
    case 'okta-verify-updated':
      return one({ oktaVerify: versionOrNone(to) });
    case 'enrollment-changed':
      return one({ enrolled: to === 'yes' });
    case 'registration-completed':
      return one({ psso: { registered: true, userPresent: true, state: 0, receivedAt: event.at } });
    case 'registration-lost':
      return one({ psso: { registered: to === 'device', userPresent: false } });
    case 're-registered':
      return one({ psso: { deviceId: redactor.guid(to) } });
    case 'user-state-changed':
      return /^\d$/.test(to) ? one({ psso: { userPresent: true, state: Number(to) } }) : [];
    case 'token-refreshed':
      return one({ psso: { receivedAt } });
    case 'password-synced':
      return one({ psso: { receivedAt }, passwordLastSetAt: receivedAt });
    case 'local-password-changed':
      return one({ passwordLastSetAt: setAt });
    case 'gap': {
      const gap = asleep.safeParse(detailOf(event));
      if (!gap.success || gap.data.reason !== 'asleep') return [];
      return [{ at: fromIso(gap.data.from), changes: { power: 'asleep' } }, ...one({ power: 'awake' })];
    }
    default:
      return [];
  }
}

function isVersion(text: string): boolean {
  return /^\d+(?:\.\d+)*$/.test(text);
}

function versionOrNone(text: string): string | null {
  return isVersion(text) ? text : null;
}

import { type EventKind, type NewEvent, newEvent, type Severity } from '../shared/event.ts';
import { methodNames } from '../shared/method-names.ts';
import { type EpochMs, isoOrNull, toIso } from '../shared/time.ts';
import { userStateText } from '../shared/user-state-text.ts';
import {
  type ConfiguredFacts,
  type Device,
  expiresAtOf,
  type Facts,
  isConfigured,
  isExpired,
  isHealthy,
  isKnownMethod,
  isNewUser,
  methodToFollow,
  registrationOf,
  stateKeyOf,
} from './facts.ts';
import type { Memory } from './memory.ts';

/**
 * Confirms a registration state: a worse state needs two equal readings in a row, a healthy one needs one.
 * macOS 15.0 to 15.2 print invalid output now and then, and AppSSOAgent prints `(null)` while it restarts. No
 * fault makes `app-sso` print a complete registration.
 */
export function confirmState(
  memory: Pick<Memory, 'facts' | 'candidate'>,
  seen: Facts | null,
  now: EpochMs,
): { facts: Facts | null; candidate: Memory['candidate']; changedSince: EpochMs | null } {
  const { facts, candidate } = memory;
  if (seen === null) return { facts, candidate, changedSince: null };
  const same = facts !== null && stateKeyOf(facts) === stateKeyOf(seen);
  if (same) return { facts: seen, candidate: null, changedSince: null };
  if (isHealthy(seen)) return { facts: seen, candidate: null, changedSince: now };
  if (candidate !== null && stateKeyOf(candidate.facts) === stateKeyOf(seen)) {
    return { facts: seen, candidate: null, changedSince: candidate.firstAt };
  }
  return { facts, candidate: { facts: seen, firstAt: now }, changedSince: null };
}

/** Creates the event of one change, with the time at which the new state was first seen. */
type Change = (
  kind: EventKind,
  severity: Severity,
  summary: string,
  more: Pick<NewEvent, 'from' | 'to'> & Partial<Pick<NewEvent, 'data'>>,
) => NewEvent;

function changesAt(at: EpochMs, since: EpochMs): Change {
  return (kind, severity, summary, { data, ...states }) =>
    newEvent(at, kind, severity, summary, { ...states, data: { firstSeenAt: toIso(since), ...data } });
}

/** The events of a confirmed change. Without facts before it, this poll is a baseline. */
export function registrationEvents(
  memory: Pick<Memory, 'facts' | 'everRegistered' | 'lastRegistration'>,
  after: Facts,
  at: EpochMs,
  since: EpochMs,
): NewEvent[] {
  const { facts: before } = memory;
  if (before === null) return [];
  const change = changesAt(at, since);
  const events = [
    !isConfigured(before) &&
      isConfigured(after) &&
      change('psso-configured', 'info', 'Platform SSO was configured.', { from: 'no', to: 'yes' }),
    registrationChange(memory, before, after, change),
    isConfigured(before) &&
      !isConfigured(after) &&
      change('psso-removed', 'medium', 'Platform SSO is no longer configured.', { from: 'yes', to: 'no' }),
    isConfigured(before) && isConfigured(after) && deviceMethodChange(before, after, change),
    isConfigured(before) && isConfigured(after) && methodChange(before.method, after, change),
    before.user !== null && after.user !== null && userStateChange(before.user, after.user, change),
    !isExpired(before) &&
      isExpired(after) &&
      change('token-expired', 'high', 'The sign-in tokens have expired.', {
        from: 'valid',
        to: 'expired',
        data: { expiredAt: isoOrNull(expiresAtOf(after)) },
      }),
  ];
  return events.filter((event) => event !== false);
}

function registrationChange(
  { everRegistered, lastRegistration }: Pick<Memory, 'everRegistered' | 'lastRegistration'>,
  before: Facts,
  after: Facts,
  change: Change,
): NewEvent | false {
  // An unclear state counts as the one before it: it proves no loss.
  const from =
    before.registration === 'unclear' ? (everRegistered ? 'complete' : 'device') : registrationOf(before);
  const to = after.registration === 'unclear' ? from : registrationOf(after);
  if (from !== 'complete' && after.registration === 'complete') {
    const { device } = after;
    const isNew = isNewRegistration(lastRegistration, device);
    const summary = isNew
      ? 'Registration is complete. It is a new registration.'
      : 'Registration is complete.';
    const data = { newRegistration: isNew || lastRegistration === null, deviceId: device.deviceId };
    return change('registration-completed', 'info', summary, { from, to, data });
  }
  if (from === 'complete' && to !== 'complete') {
    const data = { userState: after.user?.state ?? null };
    // A changed method makes a new registration necessary: nothing is broken.
    return before.method !== after.method && isNewUser(after)
      ? change('registration-lost', 'info', newMethodText(after), { from, to, data })
      : change('registration-lost', 'high', lossText(after), { from, to, data });
  }
  return (
    isConfigured(before) &&
    isConfigured(after) &&
    from === 'complete' &&
    reRegistration(before.device, after.device, change)
  );
}

/**
 * A registration that is complete at both polls and is another one: the device configuration was created
 * again (authGracePeriodStart changes), or the device has another id. It needs no second reading: no fault
 * changes either.
 */
export function reRegistrationEvents(before: Device, after: Device, at: EpochMs, since: EpochMs): NewEvent[] {
  const event = reRegistration(before, after, changesAt(at, since));
  return event === false ? [] : [event];
}

function reRegistration(before: Device, after: Device, change: Change): NewEvent | false {
  const configuredAgain =
    before.configuredAt !== null && after.configuredAt !== null && before.configuredAt !== after.configuredAt;
  const newDeviceId =
    before.deviceId !== null && after.deviceId !== null && before.deviceId !== after.deviceId;
  if (!configuredAgain && !newDeviceId) return false;
  return change('re-registered', 'medium', 'The Mac was registered again.', {
    from: before.deviceId,
    to: after.deviceId,
    data: { configuredAt: isoOrNull(after.configuredAt), newDeviceId },
  });
}

/** The method of the user, which is the device's while there is no user. */
function methodChange(from: Facts['method'], after: Facts, change: Change): NewEvent | false {
  const to = after.method;
  if (from === to || to === 'unknown') return false;
  return change(
    'method-changed',
    'medium',
    `The sign-in method changed from ${methodNames[from]} to ${methodNames[to]}.`,
    {
      from,
      to,
      data: { whose: after.user === null ? 'device' : 'user' },
    },
  );
}

/** The method of the device alone: the user follows later, by a new registration. It is expected. */
function deviceMethodChange(
  before: ConfiguredFacts,
  after: ConfiguredFacts,
  change: Change,
): NewEvent | false {
  const [from, to] = [before.device.method, after.device.method];
  if (from === to || !isKnownMethod(from) || !isKnownMethod(to) || after.user === null) return false;
  if (before.method !== after.method && after.method === to) return false;
  const changed = `The sign-in method of the device changed from ${methodNames[from]} to ${methodNames[to]}.`;
  const summary =
    methodToFollow(after) === null
      ? changed
      : `${changed} The user is registered with the method ${methodNames[after.method]} and must register again with the new one.`;
  return change('method-changed', 'info', summary, {
    from,
    to,
    data: { whose: 'device', userMethod: after.method },
  });
}

function userStateChange(
  before: NonNullable<Facts['user']>,
  after: NonNullable<Facts['user']>,
  change: Change,
): NewEvent | false {
  const from = String(before.state ?? before.name ?? '');
  const to = String(after.state ?? after.name ?? '');
  if (from === to) return false;
  const severity = after.state === 0 ? 'info' : 'medium';
  const state = userStateText(after.state, after.name);
  return change('user-state-changed', severity, `The user's state is now ${state}.`, { from, to });
}

function isNewRegistration(last: Memory['lastRegistration'], after: Device): boolean {
  return last !== null && (last.configuredAt !== after.configuredAt || last.deviceId !== after.deviceId);
}

function newMethodText({ method }: Facts): string {
  return `The sign-in method is now ${methodNames[method]}. The user has not registered with it yet.`;
}

function lossText(after: Facts): string {
  if (after.registration === 'notConfigured')
    return 'The registration was lost, and Platform SSO is no longer configured.';
  if (after.registration === 'none') return 'The device registration was lost.';
  return after.user === null
    ? "The user's registration was lost. The device is still registered."
    : `The user's registration is no longer usable: state ${userStateText(after.user.state, after.user.name)}.`;
}

import type { NewEvent } from '../shared/event.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import { type Facts, isHealthy, stateKeyOf, stateText } from './facts.ts';
import type { Memory } from './memory.ts';

/**
 * Which situation is believed. A worse one must be read twice in a row before it is: macOS 15.0 to 15.2 print garbage
 * now and then, and AppSSOAgent answers `(null)` while it restarts. A healthy one is believed at once, since no
 * accident makes `app-sso` print a complete registration.
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

function change(
  at: EpochMs,
  since: EpochMs,
  kind: NewEvent['kind'],
  severity: NewEvent['severity'],
  summary: string,
  states: { from: string | null; to: string | null },
  data: NewEvent['data'] = {},
): NewEvent {
  return {
    at,
    kind,
    issue: null,
    severity,
    summary,
    ...states,
    data: { firstSeenAt: toIso(since), ...data },
  };
}

/** What became of the believed situation. `before` null is a baseline: nothing changed, as far as anyone knows. */
export function registrationEvents(
  memory: Pick<Memory, 'facts' | 'everRegistered' | 'lastRegistration'>,
  after: Facts,
  at: EpochMs,
  since: EpochMs,
): NewEvent[] {
  const { facts: before, everRegistered, lastRegistration: last } = memory;
  if (before === null) return [];
  const events: NewEvent[] = [];
  // What was not clear is what it was before that: nothing has been heard of a loss.
  const was =
    before.registration === 'unclear' ? (everRegistered ? 'complete' : 'device') : before.registration;
  const became = after.registration === 'unclear' ? was : after.registration;
  const states = { from: was, to: became };
  if (!before.configured && after.configured) {
    events.push(
      change(at, since, 'psso-configured', 'info', 'Platform SSO was configured.', { from: 'no', to: 'yes' }),
    );
  }
  if (was !== 'complete' && became === 'complete') {
    const anew =
      last !== null && (last.configuredAt !== after.configuredAt || last.deviceId !== after.deviceId);
    events.push(
      change(
        at,
        since,
        'registration-completed',
        'info',
        anew ? 'Registration is complete again, as a new registration.' : 'Registration is complete.',
        states,
        { newRegistration: anew || last === null, deviceId: after.deviceId },
      ),
    );
  } else if (was === 'complete' && became !== 'complete') {
    const what =
      after.registration === 'none'
        ? after.configured
          ? 'The device registration is gone.'
          : 'The registration and the configuration are gone.'
        : after.userPresent
          ? `The user's registration is no longer usable: state ${stateText(after.userState)}.`
          : "The user's registration is gone; the device is still registered.";
    events.push(change(at, since, 'registration-lost', 'high', what, states, { userState: after.userState }));
  } else if (was === 'complete' && became === 'complete') {
    events.push(...reRegistrationEvents(before, after, at, since));
  }
  if (before.configured && !after.configured) {
    events.push(
      change(at, since, 'psso-removed', 'medium', 'Platform SSO is no longer configured.', {
        from: 'yes',
        to: 'no',
      }),
    );
  }
  if (before.configured && after.configured && before.method !== after.method && after.method !== 'unknown') {
    events.push(
      change(
        at,
        since,
        'method-changed',
        'medium',
        `The sign-in method is now ${after.method}; it was ${before.method}.`,
        {
          from: before.method,
          to: after.method,
        },
      ),
    );
  }
  if (before.userPresent && after.userPresent && before.userState !== after.userState) {
    const severity = after.userState === 0 ? 'info' : 'medium';
    events.push(
      change(
        at,
        since,
        'user-state-changed',
        severity,
        `The user's state is now ${stateText(after.userState)}.`,
        {
          from: String(before.userState ?? ''),
          to: String(after.userState ?? ''),
        },
      ),
    );
  }
  if (!before.expired && after.expired) {
    events.push(
      change(
        at,
        since,
        'token-expired',
        'high',
        'The sign-in tokens have expired.',
        { from: 'valid', to: 'expired' },
        {
          expiredAt: after.expiresAt === null ? null : toIso(after.expiresAt),
        },
      ),
    );
  }
  return events;
}

/**
 * A registration that was complete at both looks and is another one: the device configuration was created anew
 * (authGracePeriodStart moves), or the device has another id. Needs no second reading: neither goes back by accident.
 */
export function reRegistrationEvents(before: Facts, after: Facts, at: EpochMs, since: EpochMs): NewEvent[] {
  const moved =
    before.configuredAt !== null && after.configuredAt !== null && before.configuredAt !== after.configuredAt;
  const otherDevice =
    before.deviceId !== null && after.deviceId !== null && before.deviceId !== after.deviceId;
  if (!moved && !otherDevice) return [];
  return [
    change(
      at,
      since,
      're-registered',
      'medium',
      'The Mac was registered again.',
      {
        from: before.deviceId,
        to: after.deviceId,
      },
      {
        configuredAt: after.configuredAt === null ? null : toIso(after.configuredAt),
        newDeviceId: otherDevice,
      },
    ),
  ];
}

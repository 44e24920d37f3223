import type * as z from 'zod/mini';
import { type AppSso, appSso, observation, type SourceName, type Sources } from '../types/observation.ts';
import { failed, type Reading } from '../types/reading.ts';

/**
 * What was read of a source, as an observation may hold it: validated, and without whatever it has no field for. A value that does not
 * validate is a named failure.
 *
 * Most sources say what they said at the look before, and a reader that remembers (rememberLast, reuse.ts) then answers the very same
 * value: it is checked once.
 */
function checker<T>(name: SourceName, shape: z.ZodMiniType<Reading<T>>): (reading: Reading<T>) => Reading<T> {
  let last: { readonly value: T; readonly checked: Reading<T> } | null = null;
  return (reading) => {
    if (last !== null && reading.ok && reading.value === last.value) return last.checked;
    const result = shape.safeParse(reading);
    if (!result.success) return failed('malformed', `what was read of ${name} does not validate`);
    if (reading.ok) last = { value: reading.value, checked: result.data };
    return result.data;
  };
}

const { shape } = observation;

/** `app-sso` says at each look when it was asked. Of an answer with which all else is the very same, only that is validated. */
function appSsoChecker(): (reading: Reading<AppSso>) => Reading<AppSso> {
  const whole = checker('appSso', shape.appSso);
  let last: { readonly value: AppSso; readonly checked: AppSso } | null = null;
  return (reading) => {
    if (last !== null && reading.ok && sameButFor('observedAt', last.value, reading.value)) {
      const observedAt = appSso.shape.observedAt.safeParse(reading.value.observedAt);
      if (observedAt.success) return { ok: true, value: { ...last.checked, observedAt: observedAt.data } };
    }
    const result = whole(reading);
    last = reading.ok && result.ok ? { value: reading.value, checked: result.value } : null;
    return result;
  };
}

function sameButFor<T extends object>(key: keyof T, a: T, b: T): boolean {
  const was = new Map<string, unknown>(Object.entries(a));
  const is = Object.entries(b);
  return was.size === is.length && is.every(([name, value]) => name === key || was.get(name) === value);
}

export const checked: { readonly [K in SourceName]: (reading: Reading<Sources[K]>) => Reading<Sources[K]> } =
  {
    appSso: appSsoChecker(),
    account: checker('account', shape.account),
    passwordPolicy: checker('passwordPolicy', shape.passwordPolicy),
    session: checker('session', shape.session),
    power: checker('power', shape.power),
    network: checker('network', shape.network),
    focus: checker('focus', shape.focus),
    macos: checker('macos', shape.macos),
    companyPortal: checker('companyPortal', shape.companyPortal),
    ssoProfile: checker('ssoProfile', shape.ssoProfile),
    enrollment: checker('enrollment', shape.enrollment),
    workplaceJoin: checker('workplaceJoin', shape.workplaceJoin),
  };

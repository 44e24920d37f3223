import * as z from 'zod/mini';
import { methods } from '../shared/observation.ts';
import {
  classifiedFacts,
  expiresAtOf,
  type Facts,
  isConfigured,
  isExpired,
  methodDetails,
  receivedAtOf,
  registrationOf,
  tokensAreUnreadable,
} from './facts.ts';

/** The facts in the agent memory. The keys are a contract with existing databases. */
export const storedFactsShape = () =>
  z.object({
    configured: z.boolean(),
    registration: z.enum(['none', 'device', 'complete', 'unclear']),
    userPresent: z.boolean(),
    /** Null with a user: the state has a name that is not known. */
    userState: z.nullable(z.number()),
    /** That name. Missing in a memory of an older version. */
    userStateName: z.optional(z.nullable(z.string())),
    /** Missing: false, or a memory of an older version. */
    userNeverSignedIn: z.optional(z.boolean()),
    method: z.enum(methods),
    /** Missing for a method that this version understands, and in a memory of an older version. */
    methodLabel: z.optional(z.string()),
    webLoginPasswordSync: z.optional(z.literal(true)),
    exempt: z.boolean(),
    expired: z.boolean(),
    receivedAt: z.nullable(z.number()),
    expiresAt: z.nullable(z.number()),
    configuredAt: z.nullable(z.number()),
    deviceId: z.nullable(z.string()),
    /** Tokens exist, and their times can't be read. Missing in a memory of an older version. */
    tokensUnreadable: z.optional(z.boolean()),
    /** The method of the device. Missing in a memory of an older version. */
    deviceMethod: z.optional(z.enum(methods)),
  });
type StoredFacts = z.infer<ReturnType<typeof storedFactsShape>>;

export function factsFromStored(stored: StoredFacts): Facts {
  const { receivedAt, expiresAt, expired, configuredAt, deviceId, exempt, deviceMethod = 'unknown' } = stored;
  const hasTokens = receivedAt !== null || expiresAt !== null || expired || stored.tokensUnreadable === true;
  return classifiedFacts({
    device: stored.configured ? { configuredAt, deviceId, exempt, method: deviceMethod } : null,
    deviceDone: stored.registration !== 'none',
    method: stored.method,
    ...methodDetails(stored.methodLabel ?? null, stored.webLoginPasswordSync === true),
    user: stored.userPresent
      ? {
          state: stored.userState,
          name: stored.userStateName ?? null,
          ...(stored.userNeverSignedIn === true ? { neverSignedIn: true } : {}),
        }
      : null,
    tokens: hasTokens ? { receivedAt, expiresAt, expired } : null,
  });
}

export function factsToStored(of: Facts): StoredFacts {
  const { user } = of;
  const device = isConfigured(of) ? of.device : null;
  return {
    configured: device !== null,
    registration: registrationOf(of),
    userPresent: user !== null,
    userState: user?.state ?? null,
    ...(user === null || user.name === null ? {} : { userStateName: user.name }),
    ...(user?.neverSignedIn === true ? { userNeverSignedIn: true } : {}),
    method: of.method,
    ...methodDetails(of.methodLabel ?? null, of.webLoginPasswordSync === true),
    exempt: device?.exempt === true,
    expired: isExpired(of),
    receivedAt: receivedAtOf(of),
    expiresAt: expiresAtOf(of),
    configuredAt: device?.configuredAt ?? null,
    deviceId: device?.deviceId ?? null,
    tokensUnreadable: tokensAreUnreadable(of),
    ...(device === null ? {} : { deviceMethod: device.method }),
  };
}

import * as z from 'zod/mini';
import { severities } from '../shared/event.ts';
import { failureReasons } from '../shared/reading.ts';
import { factsShape } from './facts.ts';
import { windowShape } from './password-window.ts';

/**
 * What one cycle hands to the next, and one run to the one after a restart. It is kept in the database with the events
 * it led to, in the same transaction, so that nothing is told twice and nothing is lost.
 */
const momentShape = () =>
  z.object({
    at: z.number(),
    monotonic: z.number(),
    run: z.string(),
    bootedAt: z.nullable(z.number()),
    sleptAt: z.nullable(z.number()),
    wokeAt: z.nullable(z.number()),
    powerKnown: z.boolean(),
  });

const changeShape = () =>
  z.object({
    kind: z.string(),
    at: z.number(),
    from: z.nullable(z.string()),
    to: z.nullable(z.string()),
  });
/** Something that changed on the Mac, remembered to say what came just before a break. */
export type Change = z.infer<ReturnType<typeof changeShape>>;

const sightingShape = () =>
  z.object({
    firstAt: z.number(),
    count: z.number(),
    /** Milliseconds awake, and in active use, since the first sighting. */
    awake: z.number(),
    active: z.number(),
    /** The episode it became, when it did. */
    openedAt: z.nullable(z.number()),
    /** In which of several ways it was found; see detect/issue-lifecycle.ts. */
    variant: z.optional(z.string()),
    /** What the open episode last said, to notice that it says something else now. */
    key: z.nullable(z.string()),
    finding: z.nullable(
      z.object({
        severity: z.enum(severities),
        summary: z.string(),
        evidence: z.record(z.string(), z.json()),
      }),
    ),
  });
/** An issue that is seen, and since when; see detect/issue-lifecycle.ts. */
export type Sighting = z.infer<ReturnType<typeof sightingShape>>;

export const memoryShape = () =>
  z.object({
    version: z.literal(1),
    moment: z.nullable(momentShape()),
    /** In use at the last look: awake, unlocked, online, at the console. */
    active: z.boolean(),
    screen: z.nullable(z.enum(['locked', 'unlocked'])),
    console: z.nullable(z.enum(['active', 'switchedOut'])),
    /** The last situation that was believed, and one that waits for its second reading. */
    facts: z.nullable(factsShape()),
    candidate: z.nullable(z.object({ facts: factsShape(), firstAt: z.number() })),
    everRegistered: z.boolean(),
    /** Of the last completed registration, to recognise a new one. */
    lastRegistration: z.nullable(
      z.object({
        configuredAt: z.nullable(z.number()),
        deviceId: z.nullable(z.string()),
        seenAt: z.number(),
      }),
    ),
    failing: z.record(
      z.string(),
      z.object({
        reason: z.enum(failureReasons),
        since: z.number(),
        /** In a row, two at most: before it is told in whatever ways, then in this one. */
        count: z.number(),
        told: z.boolean(),
        /** What was told of it last; without it, this reason. */
        toldReason: z.optional(z.enum(failureReasons)),
      }),
    ),
    /** Whether the account's record was ever read: only then does a null below mean that no password was set. */
    passwordRead: z.boolean(),
    passwordLastSetAt: z.nullable(z.number()),
    /** A moved password that waits for the token refresh that would explain it; milliseconds waited so far, and whether
     * somebody was looking when it was set: another refresh may have come and gone unseen. */
    unexplainedPassword: z.nullable(
      z.object({ setAt: z.number(), waited: z.number(), watched: z.boolean() }),
    ),
    macos: z.nullable(z.string()),
    /** Undefined while never read: null is "not installed". */
    companyPortal: z.optional(z.nullable(z.string())),
    profileDigest: z.optional(z.nullable(z.string())),
    policyDigest: z.nullable(z.string()),
    enrolled: z.nullable(z.boolean()),
    changes: z.array(changeShape()),
    window: windowShape(),
    promptPending: z.boolean(),
    /** When the password was last confirmed good, whatever became of Platform SSO since; undefined: an older version did not keep it. */
    lastConfirmedGoodAt: z.optional(z.nullable(z.number())),
    sightings: z.record(z.string(), sightingShape()),
  });
export type Memory = z.infer<ReturnType<typeof memoryShape>>;

export function emptyMemory(): Memory {
  return {
    version: 1,
    moment: null,
    active: false,
    screen: null,
    console: null,
    facts: null,
    candidate: null,
    everRegistered: false,
    lastRegistration: null,
    failing: {},
    passwordRead: false,
    passwordLastSetAt: null,
    unexplainedPassword: null,
    macos: null,
    policyDigest: null,
    enrolled: null,
    changes: [],
    window: { phase: 'unknown', cycle: null },
    promptPending: false,
    sightings: {},
  };
}

import * as z from 'zod/mini';
import { answers, preconditions } from '../assess/preconditions.ts';
import { severities } from '../shared/event.ts';
import { failureReasons } from '../shared/reading.ts';
import { factsFromStored, factsToStored, storedFactsShape } from './stored-facts.ts';
import { storedWindowShape, windowFromStored, windowToStored } from './window-memory.ts';

const momentShape = () =>
  z.object({
    at: z.number(),
    monotonic: z.number(),
    run: z.string(),
    /** Missing in a memory of an older version. */
    bootSession: z.optional(z.nullable(z.string())),
    bootedAt: z.nullable(z.number()),
    sleptAt: z.nullable(z.number()),
    wokeAt: z.nullable(z.number()),
    powerKnown: z.boolean(),
    /** Missing in a memory of an older version, and where the agent saw none; see detect/boot-gap.ts. */
    clockOff: z.optional(z.number()),
    bootGap: z.optional(z.nullable(z.object({ gap: z.number(), most: z.nullable(z.number()) }))),
  });

const changeShape = () =>
  z.object({
    kind: z.string(),
    at: z.number(),
    from: z.nullable(z.string()),
    to: z.nullable(z.string()),
    /** The counter `activeTime` then. Missing in a memory of an older version. */
    activeTime: z.optional(z.number()),
  });
/** A change on the Mac that can explain an issue. */
export type Change = z.infer<ReturnType<typeof changeShape>>;

const sightingShape = () =>
  z.object({
    firstAt: z.number(),
    count: z.number(),
    /** Milliseconds awake, and of active time, since the first sighting. */
    awake: z.number(),
    active: z.number(),
    /** When the episode opened; null: not confirmed yet. */
    openedAt: z.nullable(z.number()),
    /** Which of several independent findings of the issue this is; see detect/issue-lifecycle.ts. */
    variant: z.optional(z.string()),
    /** The key of the last recorded finding. Another key is an update. */
    key: z.nullable(z.string()),
    finding: z.nullable(
      z.object({
        severity: z.enum(severities),
        summary: z.string(),
        evidence: z.record(z.string(), z.json()),
      }),
    ),
  });
/** An issue that was found in one or more polls, confirmed or not. */
export type Sighting = z.infer<ReturnType<typeof sightingShape>>;

const factsShape = () => z.pipe(storedFactsShape(), z.transform(factsFromStored));

/**
 * What detection hands from one poll to the next, also across a restart. It is stored in the transaction of
 * the events it led to, so no event is lost or recorded twice. The keys are a contract with existing
 * databases.
 */
export const memoryShape = () =>
  z.object({
    version: z.literal(1),
    moment: z.nullable(momentShape()),
    /** The wall clock was set once: elapsed time decides whether tokens have expired. Missing: it was not. */
    clockWasSet: z.optional(z.literal(true)),
    /** The last poll was in active time: awake, unlocked, online, at the console. */
    active: z.boolean(),
    screen: z.nullable(z.enum(['locked', 'unlocked'])),
    console: z.nullable(z.enum(['active', 'switchedOut'])),
    /** The confirmed registration state, and one that waits for its second reading. */
    facts: z.nullable(factsShape()),
    candidate: z.nullable(z.object({ facts: factsShape(), firstAt: z.number() })),
    /** Milliseconds awake with an empty state, at most its limit; see detect/empty-state.ts. */
    emptyFor: z.optional(z.nullable(z.number())),
    everRegistered: z.boolean(),
    /**
     * Platform SSO was configured, or a profile with it was read, and it was not switched off by another
     * profile since. `profileSeen`: the profile was read. Missing in a memory of an older version.
     */
    everConfigured: z.optional(z.boolean()),
    profileSeen: z.optional(z.boolean()),
    /** Since when no profile is installed; null: one is, or that was never read. */
    profileGoneSince: z.optional(z.nullable(z.number())),
    /** The last complete registration, to recognise a new one. */
    lastRegistration: z.nullable(
      z.object({
        configuredAt: z.nullable(z.number()),
        deviceId: z.nullable(z.string()),
        seenAt: z.number(),
      }),
    ),
    /** The items of an earlier Workplace Join that a registration should replace. Missing: none was seen. */
    workplaceJoinLeft: z.optional(z.array(z.string())),
    failing: z.record(
      z.string(),
      z.object({
        reason: z.enum(failureReasons),
        since: z.number(),
        /** Failures in a row, at most two: of any reason before the first report, then of this reason. */
        count: z.number(),
        /** `source-failed` was recorded. */
        told: z.boolean(),
        /** The last recorded reason, when it is another one than `reason`. */
        toldReason: z.optional(z.enum(failureReasons)),
      }),
    ),
    /** The account was read at least once: only then does a null below mean that no password was set. */
    passwordRead: z.boolean(),
    passwordLastSetAt: z.nullable(z.number()),
    /**
     * A changed password that waits for a refresh that explains it. `waited`: milliseconds so far. `watched`:
     * the agent observed the Mac when it was set, so it missed no refresh.
     */
    unexplainedPassword: z.nullable(
      z.object({ setAt: z.number(), waited: z.number(), watched: z.boolean() }),
    ),
    /**
     * The last change of the local password that no password sync followed; see `unexplainedPassword`.
     * Missing in a memory of an older version.
     */
    changedHere: z.optional(z.nullable(z.object({ setAt: z.number(), watched: z.boolean() }))),
    macos: z.nullable(z.string()),
    /** Undefined: never read. Null: not installed. */
    companyPortal: z.optional(z.nullable(z.string())),
    oktaVerify: z.optional(z.nullable(z.string())),
    /** The last known extension of Platform SSO. Missing in a memory of an older version. */
    extensionIdentifier: z.optional(z.nullable(z.string())),
    /** Of the managed file. It stays while the file is gone and it is not decided what that means. */
    profileDigest: z.optional(z.nullable(z.string())),
    /** Platform SSO was configured without the managed file, as by a declaration of macOS 27. */
    configuredWithoutProfile: z.optional(z.boolean()),
    policyDigest: z.nullable(z.string()),
    enrolled: z.nullable(z.boolean()),
    changes: z.array(changeShape()),
    /** Milliseconds of active time so far. This key and the next two are missing in an older memory. */
    activeTime: z.optional(z.number()),
    /** The first poll without a network, while there is none. */
    offlineSince: z.optional(z.nullable(z.number())),
    /** The newest tokens of a complete registration, with any method: the last confirmed good moment. */
    lastTokensAt: z.optional(z.nullable(z.number())),
    window: z.pipe(storedWindowShape(), z.transform(windowFromStored)),
    promptPending: z.boolean(),
    /** Kept also after Platform SSO lost its tokens. Missing in a memory of an older version. */
    lastConfirmedGoodAt: z.optional(z.nullable(z.number())),
    sightings: z.record(z.string(), sightingShape()),
    /** The answers to preconditions, and those read as "no" once. Missing in a memory of an older version. */
    preconditions: z.optional(z.partialRecord(z.enum(preconditions), z.enum(answers))),
    doubts: z.optional(z.array(z.enum(preconditions))),
    /** Polls in a row, at most two, in which `app-sso` gave no facts. */
    withoutFacts: z.optional(z.number()),
    /** See assess/trouble.ts. */
    trouble: z.optional(z.object({ since: z.number(), endedAt: z.nullable(z.number()) })),
  });
export type Memory = z.output<ReturnType<typeof memoryShape>>;

/** The memory with the keys of the database: what `memoryShape` parses. */
export function memoryToStored(memory: Memory): z.input<ReturnType<typeof memoryShape>> {
  const { facts, candidate, window } = memory;
  return {
    ...memory,
    facts: facts && factsToStored(facts),
    candidate: candidate && { ...candidate, facts: factsToStored(candidate.facts) },
    window: windowToStored(window),
  };
}

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

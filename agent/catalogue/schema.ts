import * as z from 'zod/mini';
import { severities } from '../shared/event.ts';

/** What the catalogue says of one known issue. Texts are English and for the admin; a user's words are in texts/. */

const text = z.string().check(z.minLength(1));
const texts = z.array(text).check(z.minLength(1));
const wholeNumber = z.number().check(z.int(), z.gte(0));

/**
 * When a user hears of an open issue, in seconds. The first time counts active use (awake, unlocked, online, at the
 * console) since the issue opened, the others real time since the notice before; the last one repeats. `maximum` counts
 * all notices of one episode; 0: a user never hears of it.
 */
export const cadence = z.strictObject({
  firstAfterSeconds: wholeNumber,
  repeatAfterSeconds: z.array(wholeNumber),
  maximum: wholeNumber,
});
export type Cadence = z.infer<typeof cadence>;

/**
 * What the local evidence is worth:
 * - `definite`   a documented or measured field says so
 * - `likely`     a strong combination of signs; other causes are possible
 * - `heuristic`  only the identity provider or an admin's logs can tell; never claimed to be the cause
 */
export const reliabilities = ['definite', 'likely', 'heuristic'] as const;
export type Reliability = (typeof reliabilities)[number];

export const coreFacts = z.strictObject({
  severity: z.enum(severities),
  methods: z.array(z.enum(['password', 'secureEnclaveKey', 'smartCard'])).check(z.minLength(1)),
  /** Major versions; `below` is the first one without the issue, or null. */
  macos: z.strictObject({
    from: z.string().check(z.regex(/^\d+$/)),
    below: z.nullable(z.string().check(z.regex(/^\d+$/))),
  }),
  reliability: z.enum(reliabilities),
  cadence,
  /** The issues it may explain, the most fitting first. Its own entry of them never claims that it does. */
  possibleCauseOf: z.array(text),
  /** Where System Settings remedies it, for a button or `open`; null when no pane does on every version concerned. */
  settingsLink: z.nullable(z.string().check(z.regex(/^x-apple\.systempreferences:[A-Za-z.-]+$/))),
});
export type CoreFacts = z.infer<typeof coreFacts>;

export const catalogueDetails = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  title: text,
  /** What it means when it is told. */
  meaning: text,
  reliabilityNote: text,
  /** The detector's name in detect/issues/; null: nothing on the Mac tells it, it is only a possible cause. */
  detector: z.nullable(text),
  /** What the detector looks at, and what looks the same without being it. */
  evidenceNote: text,
  admin: z.strictObject({
    text,
    steps: texts,
    /** What to look at in the identity provider or the MDM before acting on it. */
    confirm: texts,
  }),
  links: z
    .array(z.strictObject({ title: text, url: z.string().check(z.regex(/^https:\/\/[a-z.]+\/\S+$/)) }))
    .check(z.minLength(1)),
  /** The version that ends it (`macOS 14`), or null. */
  fixedIn: z.nullable(text),
  /** The day (UTC) by which a person has to read the sources again. */
  reviewBy: z.string().check(z.iso.date()),
});
/** The part of an entry that only commands read. */
export type CatalogueDetails = z.infer<typeof catalogueDetails>;

export const catalogueEntry = z.strictObject({ ...catalogueDetails.shape, ...coreFacts.shape });
export type CatalogueEntry = z.infer<typeof catalogueEntry>;

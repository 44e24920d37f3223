import * as z from 'zod/mini';
import { severities } from '../shared/event.ts';
import { identityProviders } from '../shared/identity-provider.ts';
import { reliabilities, signInMethods } from './issue.ts';

/**
 * The shape of a catalogue entry, for the outputs of `--json` and the check of the catalogue at build time.
 */

const text = z.string().check(z.minLength(1));
const texts = z.array(text).check(z.minLength(1));
const wholeNumber = z.number().check(z.int(), z.gte(0));

export const catalogueEntry = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  title: text,
  meaning: text,
  reliabilityNote: text,
  /** The id in camel case; null: the agent does not open the issue. */
  detector: z.nullable(text),
  detectable: z.boolean(),
  /** Why there is no detector; null: there is one. */
  reason: z.nullable(text),
  /** Whether sign-in fails, or may fail, while the issue is there. */
  breaksSignIn: z.boolean(),
  evidenceNote: text,
  admin: z.strictObject({ text, steps: texts, confirm: texts }),
  /** Of an own issue perhaps none. */
  links: z.array(z.strictObject({ title: text, url: z.string().check(z.regex(/^https:\/\/\S+$/)) })),
  fixedIn: z.nullable(text),
  reviewBy: z.string().check(z.iso.date()),
  severity: z.enum(severities),
  methods: z.array(z.enum(signInMethods)).check(z.minLength(1)),
  providers: z.array(z.enum(identityProviders)).check(z.minLength(1)),
  macos: z.strictObject({
    from: z.string().check(z.regex(/^\d+$/)),
    below: z.nullable(z.string().check(z.regex(/^\d+$/))),
  }),
  reliability: z.enum(reliabilities),
  cadence: z.strictObject({
    firstAfterSeconds: wholeNumber,
    repeatAfterSeconds: z.array(wholeNumber),
    maximum: wholeNumber,
  }),
  possibleCauseOf: z.array(text),
  settingsLink: z.nullable(z.string().check(z.regex(/^x-apple\.systempreferences:[A-Za-z.-]+$/))),
});
export type CatalogueEntry = z.infer<typeof catalogueEntry>;

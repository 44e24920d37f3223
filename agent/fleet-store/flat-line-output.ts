import * as z from 'zod/mini';

const text = z.string();
const instant = z.string().check(z.describe('ISO 8601, UTC.'));
const optional = z.optional(text);
const instantOrNone = z.optional(instant);
const seconds = z.optional(z.int());

/** The first keys of every line. */
const common = {
  time: instant,
  uid: text.check(z.describe('Equal in every copy of this record: a second one can be dropped.')),
  history: text.check(z.describe('The id of the history; `ID~2` is a branch.')),
  mac: text,
  user: text.check(z.describe('The user of the Mac; empty: the name of the database names none.')),
};
const inParts = z.optional(
  text.check(z.describe('Keys that are too long for this line, separated by spaces: they follow in parts.')),
);

/**
 * A line of flat NDJSON: a row of the store, with the names of its columns. A key without a value is left
 * out.
 */
export const flatLineOutput = z.discriminatedUnion('record', [
  z.object({
    ...common,
    record: z.literal('event'),
    event_id: z.int().check(z.describe('Grows with every event of a history.')),
    kind: optional,
    issue: optional,
    severity: optional,
    summary: optional,
    from_state: optional,
    to_state: optional,
    macos: optional,
    agent_version: optional,
    cause: optional,
    cause_grade: optional,
    reason: optional,
    lag_seconds: seconds,
    active_lag_seconds: seconds,
    detail: z.optional(text.check(z.describe('The evidence, as JSON.'))),
    in_parts: inParts,
  }),
  z.object({
    ...common,
    record: z.literal('window'),
    stale_from: instant,
    due_at: instantOrNone,
    prompted_at: instantOrNone,
    refreshed_at: instantOrNone,
    password_changed_at: instantOrNone,
    outcome: optional,
    lag_seconds: seconds,
    active_lag_seconds: seconds,
    in_parts: inParts,
  }),
  z.object({
    ...common,
    record: z.literal('issue'),
    issue: text,
    status: z.enum(['open', 'resolved']),
    opened_at: instant,
    resolved_at: instantOrNone,
    severity: optional,
    summary: optional,
    breaks_sign_in: z.boolean(),
    macos: optional,
    company_portal: optional,
    cause: optional,
    cause_grade: optional,
    seen_at: instant.check(
      z.describe('ISO 8601, UTC: when it was read; the newest record of an episode counts.'),
    ),
    in_parts: inParts,
  }),
  z.object({
    ...common,
    record: z.literal('state'),
    seen_at: instant.check(
      z.describe('ISO 8601, UTC: when it was read; the newest record of a history counts.'),
    ),
    last_record_at: instantOrNone,
    headline: optional,
    headline_since: instantOrNone,
    registration: optional,
    identity_provider: optional,
    method: optional,
    user_state: optional,
    password_window: optional,
    last_confirmed_good: instantOrNone,
    tokens_expire_at: instantOrNone,
    open_issues: z.int(),
    issue: z.optional(text.check(z.describe('The worst open issue.'))),
    issue_since: instantOrNone,
    cause: optional,
    cause_grade: optional,
    macos: optional,
    company_portal: optional,
    agent_version: optional,
    enrolled: optional,
    user_name: optional,
    device: optional,
    registration_proven_at: instantOrNone,
    password_sync_proven_at: instantOrNone,
    repair_proven_at: instantOrNone,
    migration_proven_at: instantOrNone,
    position: z.optional(text.check(z.describe('Of `export`: the value of --since-id for the next call.'))),
    in_parts: inParts,
  }),
  z.object({
    ...common,
    record: z.literal('part'),
    of: text.check(z.describe('The `uid` of the record that this text belongs to.')),
    key: text.check(z.describe('The key of that record.')),
    part: z.int().check(z.describe('From 1 on: the texts in this order are the value.')),
    parts: z.int(),
    text,
  }),
]);

import * as z from 'zod/mini';

const text = z.string();

/** The rows of the public views, a contract: text columns, never null; instants in ISO 8601, UTC, empty where there is none. */
export const eventRow = z.object({
  id: text,
  at: text,
  kind: text,
  issue: text,
  severity: text,
  summary: text,
  /** What was seen, as JSON. */
  detail: text,
  from_state: text,
  to_state: text,
  macos: text,
  agent_version: text,
});

export const issueRow = z.object({
  issue: text,
  status: z.enum(['open', 'resolved']),
  severity: text,
  opened_at: text,
  resolved_at: text,
  open_seconds: text,
  summary: text,
});

export const syncRow = z.object({
  stale_from: text,
  due_at: text,
  prompted_at: text,
  refreshed_at: text,
  password_changed_at: text,
  outcome: text,
  lag_seconds: text,
  active_lag_seconds: text,
});

export const stateRow = z.object({ key: text, value: text, since: text });

import * as z from 'zod/mini';
import type { ViewName, ViewRow } from './tables.ts';

/** One shape for each column of the view. */
type Shapes<View extends ViewName> = Record<keyof ViewRow<View>, z.ZodMiniType>;

const text = z.string();
const instant = z.string().check(z.describe('ISO 8601, UTC; empty: none.'));
const seconds = z.string().check(z.describe('Whole seconds; empty: unknown.'));

/** The rows of the public views, a contract: text, never null; instants in ISO 8601, UTC, or empty. */
export const eventRow = z.object({
  id: text.check(z.describe('A number that grows with every event.')),
  at: instant,
  kind: text.check(z.describe('One of the kinds in docs/contracts.md; later versions may add some.')),
  issue: text.check(z.describe('The issue it belongs to; empty: none.')),
  severity: text.check(z.describe('info, low, medium or high.')),
  summary: text.check(z.describe('One sentence for the admin.')),
  detail: text.check(z.describe('The evidence, as JSON.')),
  from_state: text,
  to_state: text,
  macos: text.check(z.describe('The macOS version at that time; empty: unknown.')),
  agent_version: text,
} satisfies Shapes<'events'>);

export const issueRow = z.object({
  issue: text,
  status: z.enum(['open', 'resolved']),
  severity: text.check(z.describe('info, low, medium or high.')),
  opened_at: instant,
  resolved_at: instant,
  open_seconds: text.check(z.describe('Whole seconds; an open issue is open until now.')),
  summary: text.check(z.describe('One sentence for the admin.')),
} satisfies Shapes<'issues'>);

export const syncRow = z.object({
  stale_from: instant.check(
    z.describe('When the tokens were received: the last time at which the password was confirmed.'),
  ),
  due_at: instant,
  prompted_at: instant,
  refreshed_at: instant,
  password_changed_at: instant.check(z.describe('ISO 8601, UTC; empty unless an admin provided it.')),
  outcome: text.check(z.describe('open, token-refreshed, password-synced or abandoned.')),
  lag_seconds: seconds,
  active_lag_seconds: seconds.check(
    z.describe('The active time of the lag in whole seconds: awake, unlocked, online, at the console.'),
  ),
} satisfies Shapes<'sync'>);

export const stateRow = z.object({
  key: text,
  value: text,
  since: instant.check(z.describe('The time of the last change of the value: ISO 8601, UTC.')),
} satisfies Shapes<'state'>);

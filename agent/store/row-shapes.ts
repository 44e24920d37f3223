import * as z from 'zod/mini';
import type { ViewName, ViewRow } from './tables.ts';

/** One shape for each column of the view. */
type Shapes<View extends ViewName> = Record<keyof ViewRow<View>, z.ZodMiniType>;

const text = z.string();
const instant = z.string().check(z.describe('ISO 8601, UTC; empty: there is none.'));
const seconds = z.string().check(z.describe('Whole seconds; empty: not known.'));

/** The rows of the public views, a contract: text columns, never null; instants in ISO 8601, UTC, empty where there is none. */
export const eventRow = z.object({
  id: text.check(z.describe('A number that grows with every event.')),
  at: instant,
  kind: text.check(z.describe('One of the kinds in docs/contracts.md; later versions may add some.')),
  issue: text.check(z.describe('The issue it belongs to; empty: none.')),
  severity: text.check(z.describe('info, low, medium or high.')),
  summary: text.check(z.describe('One sentence for the admin.')),
  detail: text.check(z.describe('What was seen, as JSON.')),
  from_state: text,
  to_state: text,
  macos: text.check(z.describe('The version at the time; empty: not known.')),
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
    z.describe('When the tokens were received: the last moment at which the password was confirmed good.'),
  ),
  due_at: instant,
  prompted_at: instant,
  refreshed_at: instant,
  password_changed_at: instant.check(z.describe('ISO 8601, UTC; filled only where an admin gave it.')),
  outcome: text.check(z.describe('open, token-refreshed, password-synced or abandoned.')),
  lag_seconds: seconds,
  active_lag_seconds: seconds.check(
    z.describe('Of the lag, the whole seconds in use: awake, unlocked, online, at the console.'),
  ),
} satisfies Shapes<'sync'>);

export const stateRow = z.object({
  key: text,
  value: text,
  since: instant.check(z.describe('Since when the value is so: ISO 8601, UTC.')),
} satisfies Shapes<'state'>);

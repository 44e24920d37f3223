import * as z from 'zod/mini';
import { detailOf } from '../history/history.ts';

/** The newest event of an issue about its notification. */
interface NotificationEvent {
  readonly at: number;
  readonly issue: string;
  readonly to: string;
  readonly detail: string;
}

/** An issue whose newest notification was not shown, since the user silenced it or a setting forbids it. */
export const silencedIssue = z.object({
  issue: z.string(),
  by: z.enum(['user', 'settings']),
  /** When the notification was held back. */
  at: z.int(),
  /** The end of the silence; null: none, or an agent recorded it that does not say it. */
  until: z.nullable(z.int()),
});
export type SilencedIssue = z.infer<typeof silencedIssue>;

export const notificationKinds = ['notification-shown', 'notification-suppressed', 'notification-failed'];

/** Null: no silence held the notification back. */
export function silencedIn({ at, issue, to, detail }: NotificationEvent): SilencedIssue | null {
  if (to === 'disabled') return { issue, by: 'settings', at, until: null };
  return to === 'silenced' ? { issue, by: 'user', at, until: untilIn(detail) } : null;
}

/** A silence can end in any year. */
function untilIn(detail: string): number | null {
  const { silencedUntil } = detailOf({ detail });
  const until = typeof silencedUntil === 'string' ? Date.parse(silencedUntil) : Number.NaN;
  return Number.isNaN(until) ? null : until;
}

/** The name of an issue, and that its notifications are silenced; with an instant in ISO 8601. */
export function withSilence(
  name: string,
  silenced: { readonly by: SilencedIssue['by']; readonly until: string | null } | undefined,
): string {
  if (silenced === undefined) return name;
  const { by, until } = silenced;
  if (by === 'settings') return `${name} (notifications off by a setting)`;
  return `${name} (silenced by the user${until === null ? '' : ` until ${until}`})`;
}

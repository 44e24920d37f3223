import * as z from 'zod/mini';
import { instantOf } from '../../history/history.ts';
import type { EpochMs } from '../../shared/time.ts';

/** The events of a new local password: together with a token refresh, and without one near it. */
export type PasswordEventKind = 'password-synced' | 'local-password-changed';

const detailShape = z.object({ receivedAt: z.optional(z.string()), setAt: z.optional(z.string()) });

/**
 * When the tokens of a password sync were received, or the local password was set. The agent records it at
 * the next poll. An event without this time in its detail counts by its own time.
 */
export function passwordSetAt(
  kind: PasswordEventKind,
  { at, detail }: { readonly at: EpochMs; readonly detail: string },
): EpochMs {
  const parsed = z.safeParse(detailShape, jsonOf(detail));
  const { receivedAt, setAt } = parsed.success ? parsed.data : {};
  return instantOf(kind === 'password-synced' ? receivedAt : setAt) ?? at;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

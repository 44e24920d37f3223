import type { AppSso } from '../../../shared/observation.ts';
import { fromIso, type Iso } from '../../../shared/time.ts';
import { isoOfPrinted } from '../../parse/timestamp.ts';
import type { TokenLines } from './sections.ts';

const wholeSuffix = /^\(([^()]{1,40})\)$/;
/** The suffixes in lower case, and whether they mean expired. Only the first was ever seen. */
export const expiredBySuffix: ReadonlyMap<string, boolean> = new Map([
  ['not expired', false],
  ['expired', true],
]);

/**
 * Null: macOS says that there are none. All null: it says something of them that can't be read.
 *
 * `2026-05-09T09:00:15Z (Not Expired)`. Without a suffix, or with one that is not known or is cut off, the
 * date is compared with the moment of the command.
 */
export function readTokens(lines: TokenLines, observedAt: Iso | null, warnings: string[]): AppSso['tokens'] {
  const received = split(lines.received);
  const expiration = split(lines.expiration);
  const receivedAt = instant(received.date);
  const expiresAt = instant(expiration.date);
  const suffix = expiration.suffix?.toLowerCase();
  const said = suffix === undefined ? undefined : expiredBySuffix.get(suffix);
  if (suffix !== undefined && said === undefined)
    warnings.push('token section: Expiration has a remark that is not known');
  const byDate = expiresAt === null || observedAt === null ? null : fromIso(expiresAt) <= fromIso(observedAt);
  const expired = said ?? byDate;
  if (received.date !== null && receivedAt === null) warnings.push('token section: Received is no date');
  if (expiration.date !== null && expiresAt === null) warnings.push('token section: Expiration is no date');
  if (receivedAt === null && expiresAt === null) {
    if (saysThereAreNone(lines)) return null;
    warnings.push('token section: it has no date that can be read');
  }
  if (received.date === null && expiresAt !== null)
    warnings.push('token section: it does not say when they were received');
  return { receivedAt, expiresAt, expired };
}

/** A section that is cut off, or in words that are not known, does not say so. */
function saysThereAreNone({ received, expiration }: TokenLines): boolean {
  return received === '(null)' && (expiration === null || expiration === '(null)');
}

interface TokenLine {
  readonly date: string | null;
  readonly suffix: string | null;
}

function split(line: string | null): TokenLine {
  if (line === null || line === '(null)') return { date: null, suffix: null };
  const bracket = line.indexOf('(');
  if (bracket === -1) return { date: line, suffix: null };
  const [, suffix = null] = wholeSuffix.exec(line.slice(bracket)) ?? [];
  return { date: line.slice(0, bracket).trim(), suffix };
}

function instant(text: string | null): Iso | null {
  return text === null ? null : isoOfPrinted(text);
}

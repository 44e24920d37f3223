import type { Observation } from '../shared/observation.ts';
import { toIso } from '../shared/time.ts';
import type { StateKey } from '../store/state-keys.ts';
import { hasTokens } from './facts.ts';
import type { Memory } from './memory.ts';
import type { OpenIssue } from './run-detectors.ts';

/** The one word that sums up, in the words of Microsoft's own status where they fit (MSALPlatformSSOStatus). */
function headlineOf(memory: Memory, open: readonly OpenIssue[]): string {
  const { facts } = memory;
  if (facts === null) return 'unknown';
  if (open.some((issue) => issue.severity === 'high')) return 'needs-attention';
  // What was believed before it became unreadable is no news of today: unknown is never healthy.
  if (memory.failing.appSso?.told === true) return open.length > 0 ? 'needs-attention' : 'unknown';
  if (!facts.configured) return open.length > 0 ? 'needs-attention' : 'not-configured';
  if (facts.registration === 'none' || facts.registration === 'device') {
    return facts.exempt ? 'exempt' : 'not-registered';
  }
  if (open.length > 0) return 'needs-attention';
  // With a password, when it was last confirmed good is what all else rests on.
  const known = facts.method === 'password' ? facts.receivedAt !== null : hasTokens(facts);
  return facts.registration === 'complete' && known ? 'ok' : 'unknown';
}

/** The present state for readers (view v_state). Keys are public; a value is a word, a version or an instant. */
export function presentState(
  memory: Memory,
  observation: Observation,
  open: readonly OpenIssue[],
): Record<Exclude<StateKey, 'user' | 'device'>, string> {
  const { facts } = memory;
  const unread = memory.failing.appSso?.told === true && memory.window.phase !== 'notApplicable';
  const phase = unread ? 'unknown' : memory.window.phase;
  const good = memory.lastConfirmedGoodAt ?? null;
  return {
    headline: headlineOf(memory, open),
    'app-sso': observation.appSso.ok
      ? observation.appSso.value.status
      : `unreadable: ${observation.appSso.reason}`,
    configured: facts === null ? '' : facts.configured ? 'yes' : 'no',
    registration: facts?.registration ?? 'unknown',
    method: facts?.method ?? 'unknown',
    'user-state': facts?.userState == null ? '' : String(facts.userState),
    'last-confirmed-good': good === null ? '' : toIso(good),
    'tokens-expire-at': facts?.expiresAt == null ? '' : toIso(facts.expiresAt),
    'password-window': phase,
    'password-last-set': memory.passwordLastSetAt === null ? '' : toIso(memory.passwordLastSetAt),
    'open-issues': open
      .map((issue) => issue.issue)
      .sort()
      .join(' '),
    macos: memory.macos ?? '',
    'company-portal': memory.companyPortal === undefined ? '' : (memory.companyPortal ?? 'not installed'),
    enrolled: memory.enrolled === null ? '' : memory.enrolled ? 'yes' : 'no',
  };
}

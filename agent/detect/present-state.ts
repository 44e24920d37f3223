import { effectivePasswordPolicy, rulesNotCompared } from '../shared/effective-password-policy.ts';
import type { Observation } from '../shared/observation.ts';
import { toIso } from '../shared/time.ts';
import type { StateKey, StateValues } from '../store/state-keys.ts';
import { identityProviderIn } from './extension.ts';
import {
  appliesWindow,
  expiresAtOf,
  type Facts,
  hasTokens,
  isConfigured,
  methodNotUnderstood,
  receivedAtOf,
  registrationOf,
  relationOf,
} from './facts.ts';
import type { Memory } from './memory.ts';
import type { OpenIssue } from './run-detectors.ts';

/** The headline. Its words are those of Microsoft's MSALPlatformSSOStatus where they fit. */
function headlineOf(memory: Memory, open: readonly OpenIssue[]): string {
  const { facts } = memory;
  if (facts === null) return 'unknown';
  if (open.some((issue) => issue.severity === 'high')) return 'needs-attention';
  // `facts` are old while app-sso can't be read: the state is unknown, which is not healthy.
  if (memory.failing.appSso?.told === true) return open.length > 0 ? 'needs-attention' : 'unknown';
  if (!isConfigured(facts)) return open.length > 0 ? 'needs-attention' : 'not-configured';
  if (facts.registration === 'none' || facts.registration === 'device') {
    return facts.device.exempt ? 'exempt' : 'not-registered';
  }
  if (open.length > 0) return 'needs-attention';
  if (relationOf(facts) === 'unknown') return 'unknown';
  // Where the work password is synchronised, the time of the last refresh must be known.
  const known = appliesWindow(facts) ? receivedAtOf(facts) !== null : hasTokens(facts);
  return facts.registration === 'complete' && known ? 'ok' : 'unknown';
}

function concernsPassword(facts: Facts): boolean {
  return appliesWindow(facts) && isConfigured(facts) && !facts.device.exempt;
}

/** The values of `v_state`. The keys are a contract; a value is a word, a version or an instant. */
export function presentState(
  memory: Memory,
  observation: Observation,
  open: readonly OpenIssue[],
): Record<Exclude<StateKey, 'user' | 'device' | 'password-rules-not-compared'>, string> & StateValues {
  const { facts } = memory;
  const policy = effectivePasswordPolicy(observation);
  const unread = memory.failing.appSso?.told === true && memory.window.phase !== 'notApplicable';
  const phase = unread ? 'unknown' : memory.window.phase;
  const expiresAt = facts === null ? null : expiresAtOf(facts);
  const good = memory.lastConfirmedGoodAt ?? null;
  return {
    headline: headlineOf(memory, open),
    'app-sso': observation.appSso.ok
      ? observation.appSso.value.status
      : `unreadable: ${observation.appSso.reason}`,
    configured: facts === null ? '' : isConfigured(facts) ? 'yes' : 'no',
    registration: facts === null ? 'unknown' : registrationOf(facts),
    'identity-provider': identityProviderIn(memory) ?? '',
    method: facts?.method ?? 'unknown',
    'method-not-understood': facts === null ? '' : (methodNotUnderstood(facts) ?? ''),
    'user-state': facts?.user?.state == null ? '' : String(facts.user.state),
    'last-confirmed-good': good === null ? '' : toIso(good),
    'tokens-expire-at': expiresAt === null ? '' : toIso(expiresAt),
    'password-window': phase,
    'password-last-set': memory.passwordLastSetAt === null ? '' : toIso(memory.passwordLastSetAt),
    // What could not be read stays as it was stored.
    ...(policy === null || facts === null || !observation.account.ok
      ? {}
      : {
          'password-rules-not-compared': concernsPassword(facts) ? rulesNotCompared(policy).join(', ') : '',
        }),
    'open-issues': open
      .map((issue) => issue.issue)
      .sort()
      .join(' '),
    macos: memory.macos ?? '',
    'company-portal': memory.companyPortal === undefined ? '' : (memory.companyPortal ?? 'not installed'),
    enrolled: memory.enrolled === null ? '' : memory.enrolled ? 'yes' : 'no',
  };
}

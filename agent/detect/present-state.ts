import { headlineOf } from '../assess/headline.ts';
import { withIssues } from '../assess/preconditions.ts';
import { type Episode, troubleSince } from '../assess/trouble.ts';
import { effectivePasswordPolicy, rulesNotCompared } from '../shared/effective-password-policy.ts';
import type { Observation } from '../shared/observation.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import type { StateKey, StateValues } from '../store/state-keys.ts';
import { identityProviderIn } from './extension.ts';
import {
  appliesWindow,
  expiresAtOf,
  type Facts,
  isConfigured,
  methodNotUnderstood,
  registrationOf,
  relationOf,
} from './facts.ts';
import type { Memory } from './memory.ts';
import { preconditionsOf } from './preconditions.ts';

function concernsPassword(facts: Facts): boolean {
  return appliesWindow(facts) && isConfigured(facts) && !facts.device.exempt;
}

/** What could not be read in a poll stays as it was stored. */
type ReadRarely = 'password-rules-not-compared' | 'sso-extension' | 'autofill';

/** The values of `v_state`. The keys are a contract; a value is a word, a version or an instant. */
export function presentState(
  memory: Memory,
  observation: Observation,
  { open, ignored }: { readonly open: readonly Episode[]; readonly ignored: readonly string[] },
): Record<Exclude<StateKey, 'user' | 'device' | 'last-poll' | 'history' | ReadRarely>, string> & StateValues {
  const { facts } = memory;
  const withoutFacts = memory.failing.appSso?.told === true || memory.withoutFacts === 2;
  const preconditions = withIssues(preconditionsOf(memory), {
    open: open.map(({ issue }) => issue),
    ignored,
  });
  const headline = headlineOf({
    everRead: facts !== null,
    // `facts` are old while app-sso gives none: the state is unknown, which is not healthy.
    unreadable: withoutFacts,
    configured: facts !== null && isConfigured(facts),
    exempt: facts !== null && isConfigured(facts) && facts.device.exempt,
    registration: facts === null ? 'unknown' : registrationOf(facts),
    preconditions,
    open,
  });
  const since = headline === 'needs-attention' ? sinceOf(memory, open) : null;
  const policy = effectivePasswordPolicy(observation);
  const unread = withoutFacts && memory.window.phase !== 'notApplicable';
  const phase = unread ? 'unknown' : memory.window.phase;
  const expiresAt = facts === null ? null : expiresAtOf(facts);
  // Whether a refresh confirms the password is known of a method that this version understands.
  const saysNothing = facts !== null && isConfigured(facts) && relationOf(facts) === 'unknown';
  const good = saysNothing ? null : (memory.lastConfirmedGoodAt ?? null);
  return {
    headline,
    'trouble-since': since === null ? '' : toIso(since),
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
    ...(observation.extensions.ok
      ? {
          'sso-extension': observation.extensions.value.sso,
          autofill: observation.extensions.value.autoFill,
        }
      : {}),
    enrolled: memory.enrolled === null ? '' : memory.enrolled ? 'yes' : 'no',
    ...preconditions,
  };
}

function sinceOf({ trouble }: Memory, open: readonly Episode[]): EpochMs | null {
  return trouble !== undefined && trouble.endedAt === null ? trouble.since : troubleSince(open);
}

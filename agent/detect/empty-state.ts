import type { AppSso, Observation } from '../shared/observation.ts';
import { failed, knownValue } from '../shared/reading.ts';
import { minute } from '../shared/time.ts';
import { isConfigured } from './facts.ts';
import type { Memory } from './memory.ts';

/** Milliseconds awake in which `(null)` in every section counts as a failure of the source. */
export const emptyStateLimit = 10 * minute;

type Before = Pick<Memory, 'facts' | 'profileDigest' | 'changes' | 'emptyFor'>;

/**
 * AppSSOAgent prints `(null)` in every section while it restarts (known-issues `appssoagent-empty-state`). On
 * a Mac where Platform SSO was configured and nothing shows that the profile is gone, that reading is a
 * failure of the source until it has lasted 10 minutes. `emptyFor`: the milliseconds awake so far; null: the
 * last reading was not empty.
 */
export function setAsideEmptyState(
  before: Before,
  observation: Observation,
  awake: number,
): { observation: Observation; emptyFor: number | null } {
  const printed = knownValue(observation.appSso);
  const lasted = before.emptyFor == null ? null : Math.min(before.emptyFor + awake, emptyStateLimit);
  // Another failure of the source neither begins an empty state nor ends it.
  if (printed === null) return { observation, emptyFor: lasted };
  const wasConfigured = before.facts !== null && isConfigured(before.facts);
  if (!wasConfigured || !isEmpty(printed) || isProfileGone(before, observation))
    return { observation, emptyFor: null };
  const emptyFor = lasted ?? 0;
  if (emptyFor >= emptyStateLimit) return { observation, emptyFor };
  const detail = 'every section is (null), and the profile is not gone';
  return { observation: { ...observation, appSso: failed('empty', detail) }, emptyFor };
}

function isEmpty({ status, user, tokens }: AppSso): boolean {
  return status === 'notConfigured' && user === null && tokens === null;
}

/** Without a removed managed file, a declaration configures Platform SSO; nothing shows its removal. */
function isProfileGone({ profileDigest, changes }: Before, { ssoProfile }: Observation): boolean {
  if (!ssoProfile.ok) return false;
  if (ssoProfile.value !== null) return !ssoProfile.value.platformSso;
  const last = changes.findLast(({ kind }) => kind === 'profile-changed');
  return profileDigest != null || (last !== undefined && last.to === null);
}

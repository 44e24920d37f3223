import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import type { Memory } from '../../detect/memory.ts';
import { needsBinding } from '../../shared/user-state.ts';

export function isBindingIssueOpen({ sightings }: Memory): boolean {
  return sightings['token-binding-owed']?.openedAt != null;
}

/** By the name of the state only: its number is not known, and 7 has another name too. */
export function detectOwedBinding({ observation }: DetectorInput): Verdict {
  const { appSso, macos } = observation;
  if (!appSso.ok) return 'unknown';
  const { user, status } = appSso.value;
  if (user === null || !needsBinding(user.stateLabel)) return status === 'unknown' ? 'unknown' : null;
  return {
    severity: 'low',
    summary: 'macOS has to bind the sign-in tokens again: the user signs in with the password of this Mac.',
    evidence: {
      userState: user.state,
      userStateName: user.stateLabel,
      method: user.method,
      macos: macos.ok ? macos.value : null,
    },
    key: 'binding owed',
  };
}

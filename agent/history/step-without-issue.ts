import type { Assessment } from '../assess/assess.ts';
import type { Precondition } from '../assess/preconditions.ts';

const registrationPrompt =
  'Follow the steps when macOS asks for the registration with the notification “Registration Required”.';
const unlock = 'Connect the Mac to the internet, then lock the screen and unlock it by typing the password.';

/** What the helpdesk can do about a missing precondition before the agent opens an issue. */
const steps: Readonly<Record<Precondition, string>> = {
  'app-installed': 'Install the app of the single sign-on extension again.',
  'mdm-enrolled': 'Enroll the Mac in MDM again.',
  'profile-installed': 'Assign the profile with Platform SSO to this Mac again.',
  'method-known': 'Update PSSO Monitor: this version does not know the sign-in method.',
  'methods-agree': registrationPrompt,
  'registration-complete': registrationPrompt,
  'user-state-normal': unlock,
  'tokens-present': unlock,
  'tokens-fresh': unlock,
  'tokens-valid': unlock,
};

/** The next step while no open issue names one; empty: none. */
export function stepWithoutIssue({ headline, was, notMet, open }: Assessment): string {
  if (open.some(({ alsoNoticed }) => !alsoNoticed)) return '';
  const known = was ?? headline;
  if (known === 'needs-attention' || known === 'not-registered') {
    const [missing] = notMet;
    return missing === undefined ? (known === 'not-registered' ? registrationPrompt : '') : steps[missing];
  }
  if (known === 'unknown') return 'To see which sources can’t be read, run on this Mac: psso-monitor doctor';
  return '';
}

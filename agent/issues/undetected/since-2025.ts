import { sinceMacos14, unfinishedRegistrations } from '../fact-values.ts';
import * as links from '../links.ts';
import type { UndetectedIssue } from './undetected-issue.ts';

/** What was reported in 2025 and 2026, and has no detector. */
export const entriesSince2025: readonly UndetectedIssue[] = [
  {
    id: 'web-login-host-not-allowed',
    severity: 'high',
    macos: { from: '27', below: null },
    breaksSignIn: true,
    title: 'The web sign-in of OpenID stops at a host that is not allowed',
    meaning:
      'With the method OpenID, macOS opens only the hosts in WebLoginURLAllowList. A host that is missing leaves an empty sheet at FileVault, the login window or the lock screen.',
    reason:
      'The identity provider decides which hosts its sign-in needs, and the agent does not run at the login window.',
    admin: {
      text: 'The list takes no wildcards. Add every host that the sign-in opens, also those of a second factor.',
      steps: ['Record the hosts of a sign-in in a browser.', 'Add each of them to WebLoginURLAllowList.'],
      confirm: ['The sign-in of the same user works in a browser.'],
    },
    links: [links.applePlatformSso, links.appleDeployment],
    reviewBy: '2027-05-31',
  },
  {
    id: 'first-registration-refused-at-once',
    severity: 'medium',
    macos: sinceMacos14,
    possibleCauseOf: unfinishedRegistrations,
    breaksSignIn: true,
    title: 'macOS refuses the first registration of a Mac that is set up already',
    meaning:
      'On a Mac that was set up before it got the profile, the first registration of the user can end at once: “failed and will automatically retry”. No window opens.',
    reason:
      'Its sign is only in the log of macOS. A registration that does not complete looks the same with other causes.',
    admin: {
      text: 'A later attempt often works. If none does, remove the profile and install it again.',
      steps: [
        'Restart the Mac, and register in Network Account Server.',
        'Otherwise remove the profile, and install it again.',
      ],
      confirm: ['Log of macOS: the registration ends within a second.'],
    },
    links: [
      {
        title: 'Fleet: first user registration (issue 51666)',
        url: 'https://github.com/fleetdm/fleet/issues/51666',
      },
      links.appleRegistration,
    ],
    reviewBy: '2027-05-31',
  },
  {
    id: 'account-name-mapping-unsuitable',
    severity: 'low',
    macos: sinceMacos14,
    title: 'New accounts get an e-mail address as their name',
    meaning:
      'TokenToUserMapping takes preferred_username as the name of a new account. Some tools do not work with a name that holds an @.',
    reason:
      'It concerns accounts that the login window creates. The name of an account is personal data, and stays in the parser.',
    admin: {
      text: 'Map AccountName to a claim with a short name. An account that exists keeps its name.',
      steps: ['Set AccountName to com.apple.PlatformSSO.AccountShortName, or to a claim with a short name.'],
      confirm: ['The profile: TokenToUserMapping.'],
    },
    links: [links.applePayload, links.sharedMacs],
    reviewBy: '2027-05-31',
  },
];

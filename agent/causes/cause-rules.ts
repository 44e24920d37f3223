import { macosMajor } from '../shared/macos-major.ts';
import { methodName } from '../shared/method-names.ts';
import { day, hour, minute } from '../shared/time.ts';
import { versionChange } from '../shared/version-change.ts';
import type { Broken, CauseRule } from './cause-rule.ts';
import type { ChangeBefore } from './changes-since-last-good.ts';
import { distanceText } from './distance-text.ts';
import { restartFirst } from './restart-first.ts';
import {
  hasBiometricPolicy,
  hasSharedKeys,
  hasStricterRules,
  inspectedIn,
  isDamagingSequoia,
  isNewAccountWithoutRestart,
  isOfMicrosoft,
  isOfOkta,
  isRestartedSince,
  lengthText,
  macosOf,
} from './rule-conditions.ts';

/** macOS asks for the registration by a notification. */
const unfinished = [
  'psso-not-registered',
  'registration-long-running-macos14',
  'registration-long-running-macos13',
];
/** The registration is lost, or is not complete. */
export const registrationIssues: readonly string[] = [
  'registration-needs-repair',
  'deregister-reregister-macos13',
  ...unfinished,
];
/** The state of a user whose key is not valid any more. */
const keyInvalid = 5;
/** The tokens are gone. */
const tokensGone = ['sso-tokens-missing'];
/** The tokens are not refreshed: a change before the last refresh did not stop it. */
const notRefreshed = ['sso-tokens-expired', 'sso-token-refresh-overdue', 'password-change-window-overdue'];
const prompted = ['password-change-prompt-pending'];
/** A new work password that fails the rules of the Mac leaves these open. */
const refusesPassword = [...prompted, 'password-change-window-overdue'];
const refusalText = 'and can refuse a new work password.';

const soon = { active: hour, wall: 14 * day };
const sameDay = { active: 8 * hour, wall: 14 * day };
const anyTime = { active: Number.POSITIVE_INFINITY, wall: Number.POSITIVE_INFINITY };

const lost = (_: ChangeBefore, broken: Broken) => broken.lost;
const isKnown = ({ from, to }: ChangeBefore) => from !== null && to !== null;
const sinceLastGood = (change: ChangeBefore, broken: Broken) => broken.isSinceLastGood(change);

export const causeRules: readonly CauseRule[] = [
  {
    id: 'associated-domain-tls-inspection',
    change: null,
    breaks: [
      ...registrationIssues,
      ...tokensGone,
      ...notRefreshed,
      ...prompted,
      'user-authentication-required',
    ],
    within: anyTime,
    fits: (_, { input }) => inspectedIn(input, 'signIn').length > 0,
    grade: 'likely',
    sentence: (_, { input }) =>
      `A proxy opens the connections to ${inspectedIn(input, 'signIn').join(', ')}.`,
    remedyFirst: null,
  },
  {
    id: 'registration-endpoint-tls-inspection',
    change: null,
    breaks: registrationIssues,
    within: anyTime,
    fits: (_, { input }) => inspectedIn(input, 'registration').length > 0,
    grade: 'likely',
    sentence: (_, { input }) =>
      `A proxy opens the connections to ${inspectedIn(input, 'registration').join(', ')}.`,
    remedyFirst: null,
  },
  {
    id: 'company-portal-update-triggers-reregistration',
    change: 'company-portal-updated',
    breaks: registrationIssues,
    within: soon,
    fits: (change, broken) => broken.lost && isKnown(change) && isOfMicrosoft(broken.input),
    grade: 'likely',
    sentence: (change) =>
      `Company Portal ${verb(change)} ${distanceText(change)}, from ${change.from} to ${change.to}.`,
    remedyFirst: restartFirst,
  },
  {
    id: 'okta-verify-update-triggers-reregistration',
    change: 'okta-verify-updated',
    breaks: registrationIssues,
    within: soon,
    fits: (change, broken) => broken.lost && isKnown(change) && isOfOkta(broken.input),
    grade: 'possible',
    sentence: (change) =>
      `Okta Verify ${verb(change)} ${distanceText(change)}, from ${change.from} to ${change.to}.`,
    remedyFirst: restartFirst,
  },
  {
    id: 'company-portal-autoupdate-after-install',
    change: 'company-portal-updated',
    breaks: ['psso-not-registered', 'registration-long-running-macos14'],
    within: { active: 15 * minute, wall: day },
    // It never goes back by itself.
    fits: (change, broken) =>
      !broken.lost &&
      isKnown(change) &&
      versionChange(change.from, change.to) === 'updated' &&
      isOfMicrosoft(broken.input),
    grade: 'possible',
    sentence: (change) =>
      `Company Portal was updated ${distanceText(change)}, from ${change.from} to ${change.to}.`,
    remedyFirst: null,
  },
  {
    id: 'company-portal-missing',
    change: 'company-portal-updated',
    breaks: ['company-portal-missing', ...registrationIssues, ...tokensGone, ...notRefreshed],
    within: anyTime,
    fits: ({ from, to }, { input }) => {
      const { companyPortal } = input.observation;
      const isGone = from !== null && to === null && companyPortal.ok && companyPortal.value === null;
      return isGone && isOfMicrosoft(input);
    },
    grade: ({ issue }) => (issue === 'company-portal-missing' ? 'definite' : 'likely'),
    sentence: (change) => `Company Portal ${change.from} was removed ${distanceText(change)}.`,
    remedyFirst: null,
  },
  {
    id: 'pluginkit-other-version-in-use',
    change: 'company-portal-updated',
    breaks: [...tokensGone, ...notRefreshed],
    within: { active: 5 * day, wall: 14 * day },
    fits: (change, broken) =>
      isKnown(change) && isOfMicrosoft(broken.input) && !isRestartedSince(change, broken.input),
    grade: 'possible',
    sentence: (change) =>
      `Company Portal ${verb(change)} ${distanceText(change)}, and the Mac was not restarted since.`,
    remedyFirst: restartFirst,
  },
  {
    id: 'key-invalid-biometrics-changed',
    change: null,
    breaks: registrationIssues,
    within: anyTime,
    fits: (_, { input, userState }) => userState === keyInvalid && hasBiometricPolicy(input),
    grade: 'possible',
    sentence: () =>
      'The profile has a biometric policy: a fingerprint that is added or removed makes the key invalid.',
    remedyFirst: null,
  },
  {
    id: 'registration-prompt-suppressed',
    change: null,
    breaks: [...unfinished, ...prompted],
    within: anyTime,
    fits: (_, { input }) => input.observation.focus.ok && input.observation.focus.value === 'on',
    grade: 'possible',
    sentence: () => 'A Focus is on: it hides the notification of macOS.',
    remedyFirst: null,
  },
  {
    id: 'se-key-lost-after-password-reset',
    change: 'local-password-changed',
    breaks: registrationIssues,
    within: sameDay,
    fits: lost,
    grade: 'likely',
    sentence: (change) => `The local password was set ${distanceText(change)}, without a token refresh.`,
    remedyFirst: null,
  },
  {
    id: 'forgotten-password-recovery-removes-registration',
    change: 'local-password-changed',
    breaks: registrationIssues,
    within: { active: hour, wall: day },
    // With a record of the user, the keys were lost and not the registration.
    fits: (_, { lost: wasLost, userState }) => wasLost && userState === null,
    grade: 'possible',
    sentence: (change) =>
      `The local password was set ${distanceText(change)}; the recovery of a forgotten password removes the registration.`,
    remedyFirst: null,
  },
  {
    id: 'local-password-changed-outside-idp',
    change: 'local-password-changed',
    breaks: [...prompted, ...notRefreshed],
    within: anyTime,
    fits: sinceLastGood,
    grade: ({ issue }) => (prompted.includes(issue) ? 'likely' : 'possible'),
    sentence: (change) =>
      `The local password was changed on this Mac ${distanceText(change)}, without a token refresh.`,
    remedyFirst: null,
  },
  {
    id: 'prompt-closed-without-new-password',
    change: 'prompt-cleared',
    breaks: [...prompted, ...notRefreshed],
    within: sameDay,
    fits: () => true,
    grade: 'possible',
    sentence: (change) => `A prompt for the password ended ${distanceText(change)} without a new password.`,
    remedyFirst: null,
  },
  {
    id: 'upgrade-13-to-14-shared-keys-reregister',
    change: 'macos-updated',
    breaks: registrationIssues,
    within: { active: 8 * hour, wall: 30 * day },
    fits: ({ from, to }, { input, lost: wasLost }) =>
      wasLost && macosMajor(from) === 13 && (macosMajor(to) ?? 0) >= 14 && hasSharedKeys(input),
    grade: 'definite',
    sentence: (change) =>
      `${updated(change)} With shared device keys, macOS 14 and later expect a new registration.`,
    remedyFirst: null,
    expected: registrationIssues,
  },
  {
    id: 'registration-stuck-code-1004',
    change: 'macos-updated',
    breaks: registrationIssues,
    within: { active: 4 * hour, wall: 30 * day },
    fits: (change, broken) => broken.lost && isKnown(change),
    grade: ({ userState }) => (userState === 2 ? 'likely' : 'possible'),
    sentence: updated,
    remedyFirst: restartFirst,
  },
  {
    id: 'sso-plugin-inactive-after-os-update',
    change: 'macos-updated',
    breaks: tokensGone,
    within: { active: 4 * hour, wall: 30 * day },
    fits: isKnown,
    grade: ({ userState }) => (userState === 2 ? 'likely' : 'possible'),
    sentence: updated,
    remedyFirst: `${restartFirst} If that does not help, an admin runs \`sudo swcutil reset\`.`,
  },
  {
    id: 'sso-plugin-inactive-after-os-update',
    change: 'macos-updated',
    breaks: notRefreshed,
    within: anyTime,
    fits: (change, broken) => broken.isSinceLastGood(change) && isKnown(change),
    grade: 'possible',
    sentence: updated,
    remedyFirst: `${restartFirst} If that does not help, an admin runs \`sudo swcutil reset\`.`,
  },
  {
    id: 'sequoia-device-config-corruption',
    change: null,
    breaks: registrationIssues,
    within: anyTime,
    fits: (_, { input, lost: wasLost }) => wasLost && isDamagingSequoia(macosOf(input)),
    grade: 'likely',
    sentence: (_, { input }) =>
      `macOS ${macosOf(input)} can damage the device configuration; macOS 15.3 corrects this.`,
    remedyFirst: null,
  },
  {
    id: 'setup-assistant-prt-not-saved',
    change: null,
    breaks: tokensGone,
    within: anyTime,
    fits: (_, { input }) => isNewAccountWithoutRestart(input),
    grade: 'likely',
    sentence: () => 'The account is new, and the Mac was not restarted since its setup.',
    remedyFirst: restartFirst,
  },
  {
    id: 'auth-method-changed-reregister',
    change: 'method-changed',
    breaks: ['auth-method-changed-reregister', ...registrationIssues],
    within: { active: 5 * day, wall: 60 * day },
    fits: (change, broken) => isKnown(change) && !broken.isRegisteredSince(change),
    grade: 'definite',
    sentence: (change) =>
      `The sign-in method was changed ${distanceText(change)}, from ${methodName(change.from)} to ${methodName(change.to)}: a new registration is expected.`,
    remedyFirst: null,
    expected: registrationIssues,
  },
  {
    id: 'sso-profile-missing',
    change: 'profile-changed',
    breaks: ['sso-profile-missing', ...registrationIssues, ...tokensGone, ...notRefreshed],
    within: anyTime,
    fits: ({ to }, { input }) => {
      const { ssoProfile } = input.observation;
      return to === null && ssoProfile.ok && ssoProfile.value === null;
    },
    grade: ({ issue }) => (issue === 'sso-profile-missing' ? 'definite' : 'likely'),
    sentence: (change) => `The Extensible SSO profile was removed ${distanceText(change)}.`,
    remedyFirst: null,
  },
  {
    id: 'sso-profile-replaced',
    change: 'profile-changed',
    breaks: [
      'auth-method-changed-reregister',
      'registration-token-wrong',
      'sso-payload-misconfigured-10001',
      'sso-payload-conflict-10002',
      ...registrationIssues,
      ...tokensGone,
    ],
    within: sameDay,
    fits: ({ from, to }, { issue }) => to !== null && (from !== null || !registrationIssues.includes(issue)),
    grade: 'possible',
    sentence: ({ from, ...change }) =>
      `The Extensible SSO profile was ${from === null ? 'installed' : 'changed'} ${distanceText(change)}.`,
    remedyFirst: null,
  },
  {
    id: 'mdm-enrollment-missing',
    change: 'enrollment-changed',
    breaks: [
      'mdm-enrollment-missing',
      'sso-profile-missing',
      ...registrationIssues,
      ...tokensGone,
      ...notRefreshed,
    ],
    within: anyTime,
    fits: ({ to }, { input }) => {
      const { enrollment } = input.observation;
      return to === 'no' && enrollment.ok && !enrollment.value.enrolled;
    },
    grade: ({ issue }) => (issue === 'mdm-enrollment-missing' ? 'definite' : 'likely'),
    sentence: (change) => `The Mac left MDM ${distanceText(change)}.`,
    remedyFirst: null,
  },
  {
    id: 'device-compliance-lost-new-device-id',
    change: 're-registered',
    breaks: [
      'device-compliance-lost-new-device-id',
      'wpj-key-not-removed-after-migration',
      ...tokensGone,
      ...notRefreshed,
    ],
    within: { active: 5 * day, wall: 60 * day },
    fits: (change) => isKnown(change) && change.from !== change.to,
    grade: 'possible',
    sentence: (change) =>
      `The Mac got another device ID ${distanceText(change)}: a compliance record of a partner may have the old one.`,
    remedyFirst: null,
  },
  {
    id: 'password-policy-changed',
    change: 'policy-changed',
    breaks: ['passcode-policy-complexity-mismatch'],
    within: sameDay,
    fits: () => true,
    grade: 'likely',
    sentence: (change) => `The password rules of this Mac changed ${distanceText(change)}.`,
    remedyFirst: null,
  },
  {
    id: 'passcode-policy-complexity-mismatch',
    change: 'policy-changed',
    breaks: refusesPassword,
    within: anyTime,
    fits: (change, broken) => broken.isSinceLastGood(change) && hasStricterRules(broken.input),
    grade: 'possible',
    sentence: (change, { input }) =>
      `The password rules of this Mac changed ${distanceText(change)}${lengthText(input)}, ${refusalText}`,
    remedyFirst: null,
  },
  {
    id: 'passcode-policy-complexity-mismatch',
    change: null,
    breaks: refusesPassword,
    within: anyTime,
    fits: (_, { input }) => hasStricterRules(input),
    grade: 'possible',
    sentence: (_, { input }) =>
      `The password rules of this Mac are stricter than the identity provider's${lengthText(input)}, ${refusalText}`,
    remedyFirst: null,
  },
  {
    id: 'restarted',
    change: 'restarted',
    breaks: [...registrationIssues, ...tokensGone],
    within: { active: 30 * minute, wall: 14 * day },
    fits: lost,
    grade: 'possible',
    sentence: (change) => `The Mac was restarted ${distanceText(change)}.`,
    remedyFirst: null,
    ofTime: true,
  },
  {
    id: 'long-sleep',
    change: 'slept',
    breaks: [...registrationIssues, ...tokensGone, ...notRefreshed],
    within: { active: 8 * hour, wall: 2 * day },
    fits: ({ to }, broken) => to !== null && broken.lost,
    grade: 'possible',
    sentence: ({ to, wall }) => `The Mac had slept for ${to} until ${distanceText({ wall, active: null })}.`,
    remedyFirst: null,
    ofTime: true,
  },
  {
    id: 'network-returned',
    change: 'network-returned',
    breaks: [...prompted, ...tokensGone, ...notRefreshed],
    within: { active: 30 * minute, wall: day },
    fits: () => true,
    grade: 'possible',
    sentence: (change) => `The network came back ${distanceText(change)}, after an hour or more without one.`,
    remedyFirst: null,
    ofTime: true,
  },
  {
    id: 'clock-changed',
    change: 'clock-changed',
    breaks: [...tokensGone, ...notRefreshed],
    within: sameDay,
    fits: () => true,
    grade: 'possible',
    sentence: (change) => `The clock of the Mac was set ${distanceText(change)}.`,
    remedyFirst: null,
    ofTime: true,
  },
];

const verb = ({ from, to }: ChangeBefore) =>
  versionChange(from, to) === 'updated' ? 'was updated' : 'went back';

function updated(change: ChangeBefore): string {
  return `macOS ${verb(change)} ${distanceText(change)}, from ${change.from} to ${change.to}.`;
}

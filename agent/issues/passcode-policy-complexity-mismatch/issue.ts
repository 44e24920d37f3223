import { day, hour, minute, second } from '../../shared/time.ts';
import { after, anyMacos, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { isPasswordNotReceived } from '../notification-rules.ts';
import { detectStricterRules, isKnownStricter } from './detector.ts';

export const passcodePolicyComplexityMismatch = {
  id: 'passcode-policy-complexity-mismatch',
  severity: 'high',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'definite',
  cadence: after(15 * minute, day, 3 * day, 7 * day),
  possibleCauseOf: ['password-change-prompt-pending', 'password-change-window-overdue'],
  settingsLink: null,
  longLasting: true,
  // Stricter rules alone concern the admin; they concern the user when a password did not arrive. For the
  // first hour of active time the user may only have to type it. The text says that the rules are stricter,
  // so that must be known.
  notificationRule: ({ evidence }, open) => ({
    notify:
      isKnownStricter(evidence) &&
      open.some(({ issue, activeSeconds }) => isPasswordNotReceived(issue) && activeSeconds >= hour / second),
  }),
  isForAdminOnly: (open) => !open.some(isPasswordNotReceived),
  detect: detectStricterRules,
} as const satisfies Issue;

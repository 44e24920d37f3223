import { anyMacos, neverNotified, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectLocalPasswordChange } from './detector.ts';

export const localPasswordChangedOutsideIdp = {
  id: 'local-password-changed-outside-idp',
  severity: 'medium',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectLocalPasswordChange,
} as const satisfies Issue;

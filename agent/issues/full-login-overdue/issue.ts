import { anyMacos, neverNotified, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOverdueLogin } from './detector.ts';

export const fullLoginOverdue = {
  id: 'full-login-overdue',
  severity: 'low',
  methods: passwordOnly,
  providers: ['okta', 'other'],
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectOverdueLogin,
} as const satisfies Issue;

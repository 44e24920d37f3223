import { neverNotified, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOfflineLockout } from './detector.ts';

export const offlineLockoutRequireAuthentication = {
  id: 'offline-lockout-require-authentication',
  severity: 'high',
  methods: passwordOnly,
  macos: { from: '15', below: null },
  breaksSignIn: false,
  reliability: 'definite',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectOfflineLockout,
} as const satisfies Issue;

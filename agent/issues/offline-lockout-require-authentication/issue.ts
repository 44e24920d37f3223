import { configurationIssue, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOfflineLockout } from './detector.ts';

export const offlineLockoutRequireAuthentication = {
  id: 'offline-lockout-require-authentication',
  severity: 'high',
  methods: passwordOnly,
  macos: { from: '15', below: null },
  breaksSignIn: false,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectOfflineLockout,
} as const satisfies Issue;

import { configurationIssue, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectEndingGracePeriod } from './detector.ts';

export const authGracePeriodExpiringUnregistered = {
  id: 'auth-grace-period-expiring-unregistered',
  severity: 'high',
  methods: passwordOnly,
  macos: { from: '15', below: null },
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectEndingGracePeriod,
} as const satisfies Issue;

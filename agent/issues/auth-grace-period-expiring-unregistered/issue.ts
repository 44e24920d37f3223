import { neverNotified, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectEndingGracePeriod } from './detector.ts';

export const authGracePeriodExpiringUnregistered = {
  id: 'auth-grace-period-expiring-unregistered',
  severity: 'high',
  methods: passwordOnly,
  macos: { from: '15', below: null },
  breaksSignIn: false,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectEndingGracePeriod,
} as const satisfies Issue;

import { day } from '../../shared/time.ts';
import { after, anyMacos } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { unlessTokensAreGone } from '../notification-rules.ts';
import { detectOverdueRefresh } from './detector.ts';

export const ssoTokenRefreshOverdue = {
  id: 'sso-token-refresh-overdue',
  severity: 'medium',
  methods: ['secureEnclaveKey', 'smartCard'],
  macos: anyMacos,
  reliability: 'likely',
  // The issue opens after a day of use. Tokens of Entra live 14 days.
  cadence: after(0, 2 * day, 4 * day, 4 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: null,
  notificationRule: unlessTokensAreGone,
  detect: detectOverdueRefresh,
} as const satisfies Issue;

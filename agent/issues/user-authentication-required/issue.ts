import { day, minute } from '../../shared/time.ts';
import { after, anyMacos } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { unlessTokensAreGone } from '../notification-rules.ts';
import { detectRequiredAuthentication } from './detector.ts';

export const userAuthenticationRequired = {
  id: 'user-authentication-required',
  severity: 'medium',
  methods: ['secureEnclaveKey', 'smartCard'],
  macos: anyMacos,
  reliability: 'likely',
  cadence: after(15 * minute, day, 2 * day, 4 * day),
  possibleCauseOf: [],
  settingsLink: null,
  notificationRule: unlessTokensAreGone,
  detect: detectRequiredAuthentication,
} as const satisfies Issue;

import { day, minute } from '../../shared/time.ts';
import { after, anyMacos, everyMethod } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { unlessPrompted } from '../notification-rules.ts';
import { detectMissingTokens } from './detector.ts';

export const ssoTokensMissing = {
  id: 'sso-tokens-missing',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  cadence: after(5 * minute, day, 2 * day, 4 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: null,
  notificationRule: unlessPrompted,
  detect: detectMissingTokens,
} as const satisfies Issue;

import { anyMacos, everyMethod, neverNotified, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectSignInInspection } from './detector.ts';

export const associatedDomainTlsInspection = {
  id: 'associated-domain-tls-inspection',
  severity: 'high',
  methods: everyMethod,
  providers: onlyEntra,
  macos: anyMacos,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: [
    ...registrations,
    'sso-tokens-missing',
    'sso-tokens-expired',
    'sso-token-refresh-overdue',
  ],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectSignInInspection,
} as const satisfies Issue;

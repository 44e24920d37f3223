import { anyMacos, configurationIssue, everyMethod, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectSignInInspection } from './detector.ts';

export const associatedDomainTlsInspection = {
  id: 'associated-domain-tls-inspection',
  severity: 'high',
  methods: everyMethod,
  providers: onlyEntra,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [
    ...registrations,
    'sso-tokens-missing',
    'sso-tokens-expired',
    'sso-token-refresh-overdue',
  ],
  detect: detectSignInInspection,
} as const satisfies Issue;

import { anyMacos, configurationIssue, everyMethod, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectRegistrationInspection } from './detector.ts';

export const registrationEndpointTlsInspection = {
  id: 'registration-endpoint-tls-inspection',
  severity: 'high',
  methods: everyMethod,
  providers: onlyEntra,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: registrations,
  detect: detectRegistrationInspection,
} as const satisfies Issue;

import { anyMacos, everyMethod, neverNotified, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectRegistrationInspection } from './detector.ts';

export const registrationEndpointTlsInspection = {
  id: 'registration-endpoint-tls-inspection',
  severity: 'high',
  methods: everyMethod,
  providers: onlyEntra,
  macos: anyMacos,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: registrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectRegistrationInspection,
} as const satisfies Issue;

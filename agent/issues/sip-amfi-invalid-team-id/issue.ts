import { anyMacos, configurationIssue, everyMethod, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectProtectionOff } from './detector.ts';

export const sipAmfiInvalidTeamId = {
  id: 'sip-amfi-invalid-team-id',
  providers: onlyEntra,
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: registrations,
  reads: ['systemIntegrity'],
  detect: detectProtectionOff,
} as const satisfies Issue;

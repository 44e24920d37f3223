import { anyMacos, configurationIssue, everyMethod, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMissingProfile } from './detector.ts';

export const ssoProfileMissing = {
  id: 'sso-profile-missing',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: registrations,
  detect: detectMissingProfile,
} as const satisfies Issue;

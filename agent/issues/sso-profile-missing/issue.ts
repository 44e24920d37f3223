import { anyMacos, everyMethod, neverNotified, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMissingProfile } from './detector.ts';

export const ssoProfileMissing = {
  id: 'sso-profile-missing',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: registrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectMissingProfile,
} as const satisfies Issue;

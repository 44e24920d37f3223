import { anyMacos, everyMethod, neverNotified, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOldCompanyPortal } from './detector.ts';

export const companyPortalTooOld = {
  id: 'company-portal-too-old',
  providers: onlyEntra,
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  cadence: neverNotified,
  possibleCauseOf: registrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectOldCompanyPortal,
} as const satisfies Issue;

import { anyMacos, everyMethod, neverNotified, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOldCompanyPortal } from './detector.ts';

export const companyPortalTooOld = {
  id: 'company-portal-too-old',
  providers: ['entra'],
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

import { anyMacos, configurationIssue, everyMethod, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOldCompanyPortal } from './detector.ts';

export const companyPortalTooOld = {
  id: 'company-portal-too-old',
  providers: onlyEntra,
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: registrations,
  detect: detectOldCompanyPortal,
} as const satisfies Issue;

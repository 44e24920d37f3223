import { day, hour } from '../../shared/time.ts';
import { after, anyMacos, everyMethod, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMissingCompanyPortal } from './detector.ts';

export const companyPortalMissing = {
  id: 'company-portal-missing',
  providers: onlyEntra,
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  // The MDM may be installing it.
  cadence: after(hour, day, 2 * day, 4 * day, 7 * day),
  possibleCauseOf: registrations,
  settingsLink: null,
  detect: detectMissingCompanyPortal,
} as const satisfies Issue;

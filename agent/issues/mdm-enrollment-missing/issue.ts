import { anyMacos, everyMethod, neverNotified, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMissingEnrollment } from './detector.ts';

export const mdmEnrollmentMissing = {
  id: 'mdm-enrollment-missing',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  cadence: neverNotified,
  possibleCauseOf: registrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectMissingEnrollment,
} as const satisfies Issue;

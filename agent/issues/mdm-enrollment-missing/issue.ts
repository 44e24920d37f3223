import { anyMacos, configurationIssue, everyMethod, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMissingEnrollment } from './detector.ts';

export const mdmEnrollmentMissing = {
  id: 'mdm-enrollment-missing',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: registrations,
  detect: detectMissingEnrollment,
} as const satisfies Issue;

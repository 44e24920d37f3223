import { configurationIssue, everyMethod, sinceMacos14 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectRegistrationWithoutRetry } from './detector.ts';

export const registrationFailedNoRetry = {
  id: 'registration-failed-no-retry',
  severity: 'medium',
  methods: everyMethod,
  macos: sinceMacos14,
  reliability: 'heuristic',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectRegistrationWithoutRetry,
} as const satisfies Issue;

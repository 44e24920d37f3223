import { anyMacos, configurationIssue, everyMethod, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnsupportedModel } from './detector.ts';

export const hardwareUnsupported = {
  id: 'hardware-unsupported',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: unfinishedRegistrations,
  detect: detectUnsupportedModel,
} as const satisfies Issue;

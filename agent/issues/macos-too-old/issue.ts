import { anyMacos, configurationIssue, everyMethod, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectTooOldMacos } from './detector.ts';

export const macosTooOld = {
  id: 'macos-too-old',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: unfinishedRegistrations,
  detect: detectTooOldMacos,
} as const satisfies Issue;

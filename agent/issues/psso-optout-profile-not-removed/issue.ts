import { anyMacos, configurationIssue, everyMethod } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectSwitchedOffInProfile } from './detector.ts';

export const pssoOptoutProfileNotRemoved = {
  id: 'psso-optout-profile-not-removed',
  severity: 'low',
  methods: everyMethod,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'heuristic',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectSwitchedOffInProfile,
} as const satisfies Issue;

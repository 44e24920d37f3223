import { anyMacos, everyMethod, neverNotified } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectSwitchedOffInProfile } from './detector.ts';

export const pssoOptoutProfileNotRemoved = {
  id: 'psso-optout-profile-not-removed',
  severity: 'low',
  methods: everyMethod,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'heuristic',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectSwitchedOffInProfile,
} as const satisfies Issue;

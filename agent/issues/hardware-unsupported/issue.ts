import { anyMacos, everyMethod, neverNotified, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnsupportedModel } from './detector.ts';

export const hardwareUnsupported = {
  id: 'hardware-unsupported',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  cadence: neverNotified,
  possibleCauseOf: unfinishedRegistrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectUnsupportedModel,
} as const satisfies Issue;

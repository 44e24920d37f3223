import { methodsOfMacos13, neverNotified } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectRequiredTouchId } from './detector.ts';

export const touchIdRequiredNoFallback = {
  id: 'touch-id-required-no-fallback',
  severity: 'medium',
  methods: methodsOfMacos13,
  macos: { from: '27', below: null },
  breaksSignIn: false,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectRequiredTouchId,
} as const satisfies Issue;

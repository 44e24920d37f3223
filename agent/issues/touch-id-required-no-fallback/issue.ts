import { configurationIssue, methodsOfMacos13 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectRequiredTouchId } from './detector.ts';

export const touchIdRequiredNoFallback = {
  id: 'touch-id-required-no-fallback',
  severity: 'medium',
  methods: methodsOfMacos13,
  macos: { from: '27', below: null },
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectRequiredTouchId,
} as const satisfies Issue;

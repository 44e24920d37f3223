import { configurationIssue, registrations, sinceMacos14 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnpairedSmartCard } from './detector.ts';

export const smartcardNotPaired = {
  id: 'smartcard-not-paired',
  severity: 'medium',
  methods: ['smartCard'],
  macos: sinceMacos14,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: registrations,
  reads: ['smartCards'],
  detect: detectUnpairedSmartCard,
} as const satisfies Issue;

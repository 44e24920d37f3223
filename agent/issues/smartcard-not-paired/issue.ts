import { neverNotified, registrations, sinceMacos14 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnpairedSmartCard } from './detector.ts';

export const smartcardNotPaired = {
  id: 'smartcard-not-paired',
  severity: 'medium',
  methods: ['smartCard'],
  macos: sinceMacos14,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: registrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  reads: ['smartCards'],
  detect: detectUnpairedSmartCard,
} as const satisfies Issue;

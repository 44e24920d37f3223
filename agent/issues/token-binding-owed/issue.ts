import { day, minute } from '../../shared/time.ts';
import { after, everyMethod } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOwedBinding } from './detector.ts';

export const tokenBindingOwed = {
  id: 'token-binding-owed',
  severity: 'low',
  methods: everyMethod,
  macos: { from: '27', below: null },
  reliability: 'likely',
  // The next unlock with the password ends it.
  cadence: after(30 * minute, day, 3 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: null,
  detect: detectOwedBinding,
} as const satisfies Issue;

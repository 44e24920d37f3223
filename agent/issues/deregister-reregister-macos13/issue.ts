import { day, minute } from '../../shared/time.ts';
import { after, methodsOfMacos13, onlyMacos13 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { unlessStopped } from '../notification-rules.ts';
import { detectBrokenRegistrationMacos13 } from './detector.ts';

export const deregisterReregisterMacos13 = {
  id: 'deregister-reregister-macos13',
  severity: 'high',
  methods: methodsOfMacos13,
  macos: onlyMacos13,
  reliability: 'definite',
  cadence: after(5 * minute, day, 3 * day, 7 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: null,
  notificationRule: unlessStopped,
  // Only Company Portal has a step for the user.
  userCanOnlyAsk: (provider) => provider !== 'entra',
  detect: detectBrokenRegistrationMacos13,
} as const satisfies Issue;

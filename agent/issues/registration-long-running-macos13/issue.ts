import { day } from '../../shared/time.ts';
import { after, methodsOfMacos13, onlyMacos13 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { afterRegistrationNotification, stopsRegistration } from '../notification-rules.ts';
import { detectLongRegistrationMacos13 } from './detector.ts';

export const registrationLongRunningMacos13 = {
  id: 'registration-long-running-macos13',
  severity: 'low',
  methods: methodsOfMacos13,
  macos: onlyMacos13,
  reliability: 'heuristic',
  cadence: after(0, day, 7 * day),
  possibleCauseOf: [],
  settingsLink: null,
  notificationRule: afterRegistrationNotification,
  isForAdminOnly: (open) => open.some(stopsRegistration),
  detect: detectLongRegistrationMacos13,
} as const satisfies Issue;

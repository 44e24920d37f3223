import { day } from '../../shared/time.ts';
import { after, everyMethod, sinceMacos14, usersAndGroups } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { afterRegistrationNotification, stopsRegistration } from '../notification-rules.ts';
import { detectLongRegistration } from './detector.ts';

export const registrationLongRunningMacos14 = {
  id: 'registration-long-running-macos14',
  severity: 'medium',
  methods: everyMethod,
  macos: sinceMacos14,
  reliability: 'likely',
  cadence: after(0, day, 3 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: usersAndGroups,
  notificationRule: afterRegistrationNotification,
  isForAdminOnly: (open) => open.some(stopsRegistration),
  detect: detectLongRegistration,
} as const satisfies Issue;

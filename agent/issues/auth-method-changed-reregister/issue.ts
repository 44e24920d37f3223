import { day } from '../../shared/time.ts';
import { after, everyMethod, sinceMacos14, usersAndGroups } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { unlessRegistrationIsOpen } from '../notification-rules.ts';
import { detectMethodNotFollowed } from './detector.ts';

export const authMethodChangedReregister = {
  id: 'auth-method-changed-reregister',
  severity: 'medium',
  methods: everyMethod,
  macos: sinceMacos14,
  reliability: 'definite',
  // The issue opens after a working day of use: there is nothing more to wait for.
  cadence: after(0, 2 * day, 4 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: usersAndGroups,
  notificationRule: unlessRegistrationIsOpen,
  detect: detectMethodNotFollowed,
} as const satisfies Issue;

import { day, minute } from '../../shared/time.ts';
import { after, everyMethod, sinceMacos14, usersAndGroups } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { unlessStopped } from '../notification-rules.ts';
import { detectBrokenRegistration } from './detector.ts';

export const registrationNeedsRepair = {
  id: 'registration-needs-repair',
  severity: 'high',
  methods: everyMethod,
  macos: sinceMacos14,
  reliability: 'definite',
  cadence: after(5 * minute, day, 3 * day, 7 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: usersAndGroups,
  notificationRule: unlessStopped,
  detect: detectBrokenRegistration,
} as const satisfies Issue;

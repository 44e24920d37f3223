import { day, hour, minute, second } from '../../shared/time.ts';
import { after, anyMacos, everyMethod } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { isOpen, isRegistrationStopped, stopsRegistration } from '../notification-rules.ts';
import { detectMissingRegistration } from './detector.ts';

export const pssoNotRegistered = {
  id: 'psso-not-registered',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  // The profile may be new, and macOS prompts by itself.
  cadence: after(15 * minute, day, 2 * day, 4 * day, 7 * day),
  possibleCauseOf: [],
  settingsLink: null,
  notificationRule: ({ evidence }, open) => {
    // macOS has not applied the profile: there is nothing that the user could click.
    if (evidence.configured === false) return { notify: false };
    // No registration can complete with this profile.
    if (isRegistrationStopped(evidence)) return { notify: false };
    // A second user of a registered Mac may need no registration, and macOS prompts by itself. State 2 says
    // that this user needs one.
    if (evidence.registration === 'device' && evidence.userState !== 2)
      return { notify: true, notifyAfterSeconds: (4 * hour) / second };
    // On macOS 13 a registration takes its time.
    return isOpen(open, 'registration-long-running-macos13')
      ? { notify: true, notifyAfterSeconds: hour / 2 / second }
      : { notify: true };
  },
  isForAdminOnly: (open, configured) => configured === 'no' || open.some(stopsRegistration),
  detect: detectMissingRegistration,
} as const satisfies Issue;

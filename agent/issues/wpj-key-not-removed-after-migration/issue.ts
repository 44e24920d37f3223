import { day, hour } from '../../shared/time.ts';
import { after, anyMacos, everyMethod, onlyEntra } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectWorkplaceJoinLeftovers } from './detector.ts';

export const wpjKeyNotRemovedAfterMigration = {
  id: 'wpj-key-not-removed-after-migration',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  providers: onlyEntra,
  breaksSignIn: false,
  reliability: 'likely',
  // It concerns the admin first.
  cadence: after(hour, 7 * day, 14 * day),
  possibleCauseOf: [],
  userCanOnlyAsk: () => true,
  settingsLink: null,
  longLasting: true,
  detect: detectWorkplaceJoinLeftovers,
} as const satisfies Issue;

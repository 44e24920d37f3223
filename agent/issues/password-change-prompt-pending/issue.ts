import { day, hour, minute } from '../../shared/time.ts';
import { after, anyMacos, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectPasswordChangePrompt } from './detector.ts';

export const passwordChangePromptPending = {
  id: 'password-change-prompt-pending',
  severity: 'medium',
  methods: passwordOnly,
  macos: anyMacos,
  reliability: 'likely',
  // macOS prompts first, and the state can end by itself when the identity provider answers again: a
  // notification after 15 minutes of active time, one after hours, then over the week.
  cadence: after(15 * minute, 4 * hour, day, 2 * day, 4 * day),
  possibleCauseOf: [],
  settingsLink: null,
  promptPending: true,
  detect: detectPasswordChangePrompt,
} as const satisfies Issue;

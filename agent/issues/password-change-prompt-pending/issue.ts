import { day, minute } from '../../shared/time.ts';
import { after, anyMacos, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectPasswordChangePrompt } from './detector.ts';

export const passwordChangePromptPending = {
  id: 'password-change-prompt-pending',
  severity: 'medium',
  methods: passwordOnly,
  macos: anyMacos,
  reliability: 'likely',
  // macOS prompts first: a notification after 15 minutes of active time, one after an hour, then over the
  // week.
  cadence: after(15 * minute, 45 * minute, day, 2 * day, 4 * day),
  possibleCauseOf: [],
  settingsLink: null,
  promptPending: true,
  detect: detectPasswordChangePrompt,
} as const satisfies Issue;

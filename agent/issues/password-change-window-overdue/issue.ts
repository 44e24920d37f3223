import { day } from '../../shared/time.ts';
import { after, anyMacos, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOverdueWindow } from './detector.ts';

export const passwordChangeWindowOverdue = {
  id: 'password-change-window-overdue',
  severity: 'high',
  methods: passwordOnly,
  macos: anyMacos,
  reliability: 'likely',
  // Tokens of Entra live 14 days: days 0, 2, 6, 10, 12 and 13, and once more after they are gone.
  cadence: after(0, 2 * day, 4 * day, 4 * day, 2 * day, day, 7 * day),
  possibleCauseOf: [],
  settingsLink: null,
  detect: detectOverdueWindow,
} as const satisfies Issue;

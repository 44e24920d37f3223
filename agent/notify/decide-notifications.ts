import type { ComposeInput, NotificationDecision } from './compose-notifications.ts';
import { nothingToNotify } from './nothing-to-notify.ts';

/** Loads the composer and all texts only when a notification may be due. */
export const loadComposer = () => import('./compose-notifications.ts');

/**
 * The notifications after one poll. Reads the silences and the language only when a notification may be due.
 */
export async function decideNotifications({
  silences,
  language,
  ...input
}: Omit<ComposeInput, 'silences' | 'language'> & {
  readonly silences: () => ComposeInput['silences'];
  readonly language: () => ComposeInput['language'];
}): Promise<NotificationDecision> {
  const { detected, policyMemory } = input;
  if (nothingToNotify(detected, policyMemory))
    return { policyMemory, notifications: [], withdraw: [], events: [] };
  const { composeNotifications } = await loadComposer();
  return composeNotifications({ ...input, silences: silences(), language: language() });
}

import type { ComposeInput, NotificationDecision } from './compose-notifications.ts';
import { nothingToNotify } from './nothing-to-notify.ts';

/** With every word in every language: loaded when there is something to say, and not for the weeks in which there is nothing. */
export const loadComposer = () => import('./compose-notifications.ts');

/** What to say to the user after one look; the silences and the language are asked for when there is something to say. */
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

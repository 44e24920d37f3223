// notify/: decides which notifications are due, composes them and shows them. `channels/` has one file a
// channel. `decideNotifications` is called once a poll.

import type { Language } from '../shared/languages.ts';
import type { LanguageTexts } from '../texts/language-texts.ts';
import type { ComposeInput, NotificationDecision } from './compose-notifications.ts';
import { nothingToNotify } from './nothing-to-notify.ts';

/** Loads the composer, without texts, only when a notification may be due. */
export const loadComposer = () => import('./compose-notifications.ts');

/**
 * The notifications after one poll. Reads the silences, the language and its texts only when a notification
 * may be due.
 */
export async function decideNotifications({
  silences,
  language,
  ...input
}: Omit<ComposeInput, 'silences' | 'texts'> & {
  readonly silences: () => ComposeInput['silences'];
  readonly language: () => Language;
}): Promise<NotificationDecision> {
  const { detected, policyMemory } = input;
  if (nothingToNotify(detected, policyMemory))
    return { policyMemory, notifications: [], withdraw: [], events: [] };
  const [{ composeNotifications }, texts] = await Promise.all([loadComposer(), textsIn(language())]);
  return composeNotifications({ ...input, silences: silences(), texts });
}

async function textsIn(language: Language): Promise<LanguageTexts> {
  const { loadTexts } = await import('../texts/load-texts.ts');
  return await loadTexts(language);
}

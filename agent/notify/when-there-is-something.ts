import { nothingToTell } from './nothing-to-tell.ts';
import type { Decision, TellInput } from './tell.ts';

/** With every word in every language: loaded when there is something to say, and not for the weeks in which there is nothing. */
export const telling = () => import('./tell.ts');

/** What to say to the user after one look; the silences and the language are asked for when there is something to say. */
export async function decideWhatToTell({
  silences,
  language,
  ...input
}: Omit<TellInput, 'silences' | 'language'> & {
  readonly silences: () => TellInput['silences'];
  readonly language: () => TellInput['language'];
}): Promise<Decision> {
  const { detected, manners } = input;
  if (nothingToTell(detected, manners)) return { manners, told: [], withdraw: [], events: [] };
  const { decideToTell } = await telling();
  return decideToTell({ ...input, silences: silences(), language: language() });
}

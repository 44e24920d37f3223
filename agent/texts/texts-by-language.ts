import type { Language } from '../shared/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { LanguageTexts } from './language-texts.ts';

/** The texts for the user, one file a language. The type requires a file for each language. */
export const textsByLanguage: Readonly<Record<Language, LanguageTexts>> = { en, de };

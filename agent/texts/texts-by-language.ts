import type { Language } from '../shared/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import type { LanguageTexts } from './language-texts.ts';
import { nl } from './nl.ts';
import { ptBR } from './pt-BR.ts';

/** The texts for the user, one file a language. The type requires a file for each language. */
export const textsByLanguage: Readonly<Record<Language, LanguageTexts>> = {
  en,
  de,
  fr,
  es,
  it,
  nl,
  ja,
  'pt-BR': ptBR,
};

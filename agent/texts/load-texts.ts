import type { Language } from '../shared/languages.ts';
import type { LanguageTexts } from './language-texts.ts';

/** The texts of one language, for the agent: it must not keep the others in memory. */
const loaders: Readonly<Record<Language, () => Promise<LanguageTexts>>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
  es: async () => (await import('./es.ts')).es,
  it: async () => (await import('./it.ts')).it,
  nl: async () => (await import('./nl.ts')).nl,
  ja: async () => (await import('./ja.ts')).ja,
  'pt-BR': async () => (await import('./pt-BR.ts')).ptBR,
};

export async function loadTexts(language: Language): Promise<LanguageTexts> {
  return loaders[language]();
}

/** The languages of the user's texts, by primary subtag of BCP 47. Each has a file in texts/. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const defaultLanguage: Language = 'en';

/**
 * The first of the user's languages (BCP 47 tags, best first: `['de-CH', 'en']`) that has texts; English when
 * none has. Region and script do not count.
 */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split(/[-_]/, 1)[0];
    const found = languages.find((language) => language === primary);
    if (found !== undefined) return found;
  }
  return defaultLanguage;
}

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/**
 * The first of the user's languages (BCP 47 tags, best first: `['de-CH', 'en']`) that we speak; English when there is
 * none. Only the language counts, not the region or script.
 */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split(/[-_]/, 1)[0];
    const spoken = languages.find((language) => language === primary);
    if (spoken !== undefined) return spoken;
  }
  return 'en';
}

/** The languages of the user's texts, as BCP 47 tags. Each has a file of its name in texts/. */
export const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'ja', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

export const defaultLanguage: Language = 'en';

/**
 * The first of the user's languages (BCP 47 tags, best first: `['de-CH', 'en']`) that has texts; English when
 * none has. Texts of the user's own region win. Texts of another region are better than another language, as
 * macOS chooses too: `pt-PT` is answered in `pt-BR`.
 */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const found = languageOfTag(tag);
    if (found !== undefined) return found;
  }
  return defaultLanguage;
}

/** The texts for a tag of any case, with `-` or `_`: `pt_BR`, `zh-Hant-TW`. Undefined: none. */
function languageOfTag(tag: string): Language | undefined {
  const [primary, ...others] = subtagsOf(tag);
  const same = languages.filter((language) => subtagsOf(language)[0] === primary);
  return (
    same.find((language) =>
      subtagsOf(language)
        .slice(1)
        .every((part) => others.includes(part)),
    ) ?? same[0]
  );
}

function subtagsOf(tag: string): string[] {
  return tag.toLowerCase().split(/[-_]/);
}

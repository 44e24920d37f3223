import type { ProviderNames } from '../shared/identity-provider.ts';

/** An article, or the article in the words of an identity provider. */
export type ArticleSource = Article | ((idp: ProviderNames) => Article);

/** What an admin reads about one issue, in English. The texts for the user are in texts/. */
export interface Article {
  readonly title: string;
  /** What it means when the issue is open. */
  readonly meaning: string;
  readonly reliabilityNote: string;
  /** What the detector reads, and what looks the same without being the issue. */
  readonly evidenceNote: string;
  readonly admin: {
    readonly text: string;
    readonly steps: readonly string[];
    /** What to check in the identity provider or the MDM before acting. */
    readonly confirm: readonly string[];
  };
  /** Pages of Microsoft are for Entra only; another provider gets its own instead. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** The version that ends it (`macOS 14`), or null. */
  readonly fixedIn: string | null;
  /** The day (UTC) by which a person has to read the sources again. */
  readonly reviewBy: string;
}

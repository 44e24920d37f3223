import { dictionaryOf } from './dictionary.ts';

/**
 * The version in the value of an application's Info.plist (`CFBundleShortVersionString`); null: none in it.
 */
export function parseBundleVersion(infoPlist: unknown): string | null {
  const version = dictionaryOf(infoPlist)?.CFBundleShortVersionString;
  return typeof version === 'string' && /^\d[\w.+-]{0,39}$/.test(version.trim()) ? version.trim() : null;
}

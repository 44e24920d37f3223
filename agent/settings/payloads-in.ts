import { type Dictionary, dictionaryOf } from '../mac/parse/dictionary.ts';
import { parsePlist } from '../mac/parse/plist.ts';
import { PlistError, parseXmlPlist } from '../mac/parse/plist-xml.ts';
import { isManagedSsoProfile, ssoPayloadType } from './check-sso-payload.ts';
import { preferencesDomain } from './read-settings.ts';

/** What a file that an admin wrote holds for this product. */
export interface FilePayloads {
  /** Dictionaries of settings; a plain property list, and the setting Issues as JSON, count as one. */
  readonly ours: readonly Dictionary[];
  /** Payloads of single sign-on. */
  readonly sso: readonly Dictionary[];
  /** The types of all payloads of a profile. */
  readonly types: readonly string[];
}

/**
 * The payloads of a profile, a bare property list, or a file of share/issues.d. Null: a property list without
 * a dictionary. Rejects with PlistError when the file is neither a property list nor JSON.
 */
export async function payloadsIn(bytes: Uint8Array): Promise<FilePayloads | null> {
  const entries = issuesOfJson(bytes);
  if (entries !== null) return { ours: [{ Issues: entries }], sso: [], types: [] };
  const file = dictionaryOf(keysAlone(bytes) ?? (await parsePlist(bytes)));
  if (file === null) return null;
  if (!Array.isArray(file.PayloadContent))
    return isManagedSsoProfile(file)
      ? { ours: [], sso: [file], types: [] }
      : { ours: [file], sso: [], types: [] };
  const payloads = file.PayloadContent.flatMap((payload: unknown): Dictionary[] => {
    const dictionary = dictionaryOf(payload);
    return dictionary === null ? [] : [dictionary];
  });
  const types = payloads.map(({ PayloadType }) => (typeof PayloadType === 'string' ? PayloadType : ''));
  return {
    ours: payloads.flatMap((payload, index) =>
      types[index] === preferencesDomain ? [payload] : wrapped(payload),
    ),
    sso: payloads.filter((_, index) => types[index] === ssoPayloadType),
    types,
  };
}

/**
 * The keys and values without `<plist>` and `<dict>`, as the preference file of Intune has them; null: the
 * file is something else.
 */
function keysAlone(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  const [before = ''] = /^(?:\s|<\?[^>]*\?>|<!--(?:(?!-->)[\s\S])*-->)*/.exec(text) ?? [];
  const keys = text.slice(before.length);
  return keys.startsWith('<key>') ? parseXmlPlist(`<plist version="1.0"><dict>${keys}</dict></plist>`) : null;
}

/** A file of share/issues.d; null: the file is no JSON. */
function issuesOfJson(bytes: Uint8Array): Dictionary | null {
  const text = Buffer.from(bytes).toString('utf8');
  if (!/^\s*\{/.test(text)) return null;
  try {
    return dictionaryOf(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it is not valid';
    throw new PlistError(`it begins as JSON, but ${why}`, { cause });
  }
}

/**
 * Older MDMs wrap settings into `com.apple.ManagedClient.preferences`: domain → Forced →
 * mcx_preference_settings.
 */
function wrapped(payload: Dictionary): Dictionary[] {
  const domain = dictionaryOf(dictionaryOf(payload.PayloadContent)?.[preferencesDomain]);
  if (domain === null || !Array.isArray(domain.Forced)) return [];
  return domain.Forced.flatMap((one: unknown) => {
    const forced = dictionaryOf(dictionaryOf(one)?.mcx_preference_settings);
    return forced === null ? [] : [forced];
  });
}

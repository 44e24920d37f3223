import { type Dictionary, dictionaryOf } from '../mac/parse/dictionary.ts';
import { parsePlist } from '../mac/parse/plist.ts';
import { PlistError, parseXmlPlist } from '../mac/parse/plist-xml.ts';
import { isManagedSsoProfile, ssoPayloadType } from './check-sso-payload.ts';
import { preferencesDomain } from './read-settings.ts';
import { isSettingKey } from './schema.ts';
import { ofThePayload } from './settings.ts';

/** What a file that an admin wrote holds for this product. */
export interface FilePayloads {
  /** Dictionaries of settings; a plain property list, and the setting Issues as JSON, count as one. */
  readonly ours: readonly Dictionary[];
  /** Payloads of single sign-on. */
  readonly sso: readonly Dictionary[];
  /** The types of all payloads of a profile. */
  readonly types: readonly string[];
  /** Whose settings: the user's own are JSON. */
  readonly origin: 'managed' | 'user';
  /** Settings that an older MDM sets once, which are not managed then. */
  readonly setOnce: boolean;
}

const plain = { ours: [], sso: [], types: [], origin: 'managed', setOnce: false } as const;

/**
 * The payloads of a profile, a bare property list, a file of share/issues.d, or the user's own settings.
 * Null: a property list without a dictionary. Rejects with PlistError when the file is neither a property
 * list nor JSON.
 */
export async function payloadsIn(bytes: Uint8Array): Promise<FilePayloads | null> {
  const json = jsonIn(bytes);
  // A declaration, whose form is not that of a profile.
  if (typeof json?.Type === 'string' && dictionaryOf(json.Payload) !== null)
    return { ...plain, types: [json.Type] };
  if (json !== null)
    return Object.keys(json).some(isSettingKey)
      ? { ...plain, ours: [json], origin: 'user' }
      : { ...plain, ours: [{ Issues: json }] };
  const file = dictionaryOf(keysAlone(bytes) ?? (await plistIn(bytes)));
  if (file === null) return null;
  if (!Array.isArray(file.PayloadContent)) {
    if (isManagedSsoProfile(file)) return { ...plain, sso: [file] };
    const keys = Object.keys(file);
    // Such as a profile without a list of payloads, or what `profiles show` prints.
    const holdsNoSetting = keys.length > 0 && keys.every((key) => ofThePayload.test(key));
    return holdsNoSetting && file.PayloadType !== preferencesDomain ? plain : { ...plain, ours: [file] };
  }
  const payloads = file.PayloadContent.flatMap((payload: unknown): Dictionary[] => {
    const dictionary = dictionaryOf(payload);
    return dictionary === null ? [] : [dictionary];
  });
  const types = payloads.map(({ PayloadType }) => (typeof PayloadType === 'string' ? PayloadType : ''));
  return {
    ...plain,
    ours: payloads.flatMap((payload, index) =>
      types[index] === preferencesDomain ? [payload] : wrapped(payload, 'Forced'),
    ),
    setOnce: payloads.some((payload) => wrapped(payload, 'Set-Once').length > 0),
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
  if (!keys.startsWith('<key>')) return null;
  try {
    return parseXmlPlist(`<plist version="1.0"><dict>${keys}</dict></plist>`);
  } catch (cause) {
    if (!(cause instanceof PlistError)) throw cause;
    // The place would count the tags around the keys.
    throw new PlistError(cause.message.replace(/, at character \d+$/, ''), { cause });
  }
}

/** The value of a property list. Rejects with PlistError, which names what is missing around the value. */
async function plistIn(bytes: Uint8Array): Promise<unknown> {
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (text === '') throw new PlistError('it is empty');
  if (text.startsWith('<dict>'))
    throw new PlistError(
      'it begins with <dict>; a property list has <plist> around it, and the preference file of Intune has neither',
    );
  return await parsePlist(bytes);
}

/** A file of share/issues.d, or the user's settings; null: the file is no JSON. */
function jsonIn(bytes: Uint8Array): Dictionary | null {
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
 * Older MDMs wrap settings into `com.apple.ManagedClient.preferences`: domain → Forced or Set-Once →
 * mcx_preference_settings.
 */
function wrapped(payload: Dictionary, how: 'Forced' | 'Set-Once'): Dictionary[] {
  const domain = dictionaryOf(dictionaryOf(payload.PayloadContent)?.[preferencesDomain]);
  const list = domain?.[how];
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    const settings = dictionaryOf(dictionaryOf(one)?.mcx_preference_settings);
    return settings === null ? [] : [settings];
  });
}

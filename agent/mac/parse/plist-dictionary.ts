import { type Dictionary, dictionaryOf } from './dictionary.ts';
import { parsePlist } from './plist.ts';
import { PlistError, parseXmlPlist } from './plist-xml.ts';

/** The dictionary of an XML property list from `findXmlPlist`; null: a broken list, or another value. */
export function dictionaryOfXml(xml: string): Dictionary | null {
  try {
    return dictionaryOf(parseXmlPlist(xml));
  } catch (error) {
    if (error instanceof PlistError) return null;
    throw error;
  }
}

/** The dictionary of a property list file, binary or XML; null: a broken list, or another value. */
export async function dictionaryOfPlist(bytes: Uint8Array): Promise<Dictionary | null> {
  try {
    return dictionaryOf(await parsePlist(bytes));
  } catch (error) {
    if (error instanceof PlistError) return null;
    throw error;
  }
}

import { parse } from 'plist';

/** Bytes that are no property list we are willing to read: cut off, malformed, too large or too deep. */
export class PlistError extends Error {
  override readonly name = 'PlistError';
}

/** A global password policy with its localised descriptions is about 40 KiB; the runner stops at 1 MiB. */
const largestText = 1024 * 1024;

/**
 * The first complete `<plist …>…</plist>` at or after an offset, without declaration and DOCTYPE, so that no entity
 * declaration ever reaches the XML parser. Null: there is none, or it is cut off. `end` is where it stopped.
 */
export function findXmlPlist(text: string, from = 0): { readonly xml: string; readonly end: number } | null {
  const opening = /<plist(?=[\s>/])/g;
  opening.lastIndex = from;
  const start = opening.exec(text);
  if (start === null) return null;
  const closing = text.indexOf('</plist>', start.index);
  if (closing === -1) return null;
  const end = closing + '</plist>'.length;
  return { xml: text.slice(start.index, end), end };
}

/**
 * The value of an XML property list as `findXmlPlist` answers it. Throws PlistError.
 *
 * xmldom, below the plist package, reports what it dislikes to the console and goes on guessing. The agent's standard
 * output belongs to its commands and a guess is no reading, so for the length of this synchronous call a report is an
 * error.
 */
export function parseXmlPlist(xml: string): unknown {
  if (xml.length > largestText) throw new PlistError('the property list is too large');
  const report = console.error;
  console.error = () => {
    throw new PlistError('the property list is not well-formed XML');
  };
  try {
    return parse(xml);
  } catch (cause) {
    throw new PlistError("the property list can't be understood", { cause });
  } finally {
    console.error = report;
  }
}

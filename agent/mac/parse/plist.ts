import { checkBinaryPlist } from './check-binary-plist.ts';
import { findXmlPlist, PlistError, parseXmlPlist } from './plist-xml.ts';

/** Managed preferences and Info.plist files are a few KiB. */
export const largestPlist = 256 * 1024;
/** The value of a binary one, with its shared parts for each reference (check-binary-plist.ts). */
const largestValue = 1024 * 1024;

/**
 * The value of a property list file, binary (as managed preferences are) or XML: dictionaries are plain
 * objects, data is Uint8Array, dates are Date. Rejects with PlistError (plist-xml.ts) for anything else. The
 * binary parser is loaded with the first file that needs it.
 */
export async function parsePlist(bytes: Uint8Array): Promise<unknown> {
  if (bytes.byteLength > largestPlist) throw new PlistError('the property list is too large');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text.subarray(0, 6).toString('latin1') !== 'bplist') {
    const found = findXmlPlist(text.toString('utf8'));
    if (found === null) throw new PlistError('not a property list, or one that is cut off');
    return parseXmlPlist(found.xml);
  }
  checkBinaryPlist(bytes, largestValue);
  const { parseBinary } = await import('./binary-plist.ts');
  try {
    return parseBinary(bytes);
  } catch (cause) {
    throw new PlistError('a broken binary property list', { cause });
  }
}

/**
 * The common names in the subject of a DER certificate (RFC 5280, X.690), first one first. Null: not a
 * certificate.
 */
export function commonNamesOf(der: Uint8Array): string[] | null {
  const certificate = elements(der);
  const [toBeSigned] = certificate === null ? [] : (elements(certificate[0]?.content) ?? []);
  const fields = elements(toBeSigned?.content);
  if (certificate?.length !== 1 || certificate[0]?.tag !== sequence || fields === null) return null;
  // [0] version, if any; serial number, algorithm, issuer, validity, subject, …
  const subject = fields[fields[0]?.tag === versionTag ? 5 : 4];
  if (subject?.tag !== sequence) return null;
  const sets = elements(subject.content);
  if (sets === null) return null;
  const names: string[] = [];
  for (const { content } of sets) {
    for (const attribute of elements(content) ?? []) {
      const [type, value] = elements(attribute.content) ?? [];
      if (type === undefined || value === undefined) return null;
      if (Buffer.from(type.content).equals(commonName)) names.push(textOf(value));
    }
  }
  return names;
}

const sequence = 0x30;
const versionTag = 0xa0;
const bmpString = 0x1e;
/** 2.5.4.3 */
const commonName = Uint8Array.of(0x55, 0x04, 0x03);

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

function textOf({ tag, content }: Element): string {
  if (tag !== bmpString) return Buffer.from(content).toString('utf8');
  return Buffer.from(content.subarray(0, content.length & ~1))
    .swap16()
    .toString('utf16le');
}

/** What stands one after the other in these bytes; null when they are not made of whole elements. */
function elements(bytes: Uint8Array | undefined): Element[] | null {
  if (bytes === undefined) return null;
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at];
    let length = bytes[at + 1];
    let from = at + 2;
    if (tag === undefined || length === undefined) return null;
    if (length >= 0x80) {
      const digits = length & 0x7f;
      // Four bytes would be gigabytes, and none would be BER's indefinite form.
      if (digits === 0 || digits > 3 || from + digits > bytes.length) return null;
      length = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUIntBE(from, digits);
      from += digits;
    }
    if (from + length > bytes.length) return null;
    found.push({ tag, content: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return found;
}

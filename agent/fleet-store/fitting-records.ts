import type { FlatRecord } from './flat-record.ts';

/** A text as some form writes it, such as a line of NDJSON, and the bytes that it may have. */
interface Form {
  readonly most: number;
  readonly write: (record: FlatRecord) => string;
}

/** What the other keys of a part take: the names in them have at most 255 bytes each. */
const forOtherKeys = 3_000;

/**
 * A record in a form of limited size. A record that is too long goes without its longest texts, which follow
 * as records of their own: nothing is cut off.
 */
export function fittingRecords(of: FlatRecord, { most, write }: Form): string[] {
  const fits = (text: string) => text.length * 3 <= most || Buffer.byteLength(text) <= most;
  const whole = write(of);
  if (fits(whole)) return [whole];
  const values = { ...of.values };
  const taken: [key: string, text: string][] = [];
  let rest = whole;
  while (!fits(rest)) {
    const longest = longestText(values);
    if (longest === null) break;
    delete values[longest[0]];
    taken.push(longest);
    rest = write({ ...of, values: { ...values, in_parts: taken.map(([key]) => key).join(' ') } });
  }
  return [rest, ...taken.flatMap(([key, text]) => partsOf(of, key, text, most - forOtherKeys).map(write))];
}

function longestText(values: FlatRecord['values']): [key: string, text: string] | null {
  let longest: [string, string] | null = null;
  for (const [key, value] of Object.entries(values))
    if (typeof value === 'string' && value.length > (longest?.[1].length ?? 0)) longest = [key, value];
  return longest;
}

function partsOf(of: FlatRecord, key: string, text: string, most: number): FlatRecord[] {
  const texts = piecesOf(text, most);
  return texts.map((piece, index) => ({
    ...of,
    record: 'part',
    uid: `${of.uid}/${key}/${index + 1}`,
    values: { of: of.uid, key, part: index + 1, parts: texts.length, text: piece },
  }));
}

/** Cuts a text between characters, into pieces of so many bytes as JSON. */
function piecesOf(text: string, most: number): string[] {
  const pieces: string[] = [];
  let [piece, bytes] = ['', 0];
  for (const character of text) {
    const size = Buffer.byteLength(JSON.stringify(character)) - 2;
    if (bytes + size > most) {
      pieces.push(piece);
      [piece, bytes] = ['', 0];
    }
    piece += character;
    bytes += size;
  }
  return [...pieces, piece];
}

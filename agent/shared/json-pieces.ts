/**
 * The text of `JSON.stringify(value, null, indent)` in pieces. An object that can be iterated is written as a
 * list, one element after the other, so that a long list is never in memory as a whole. It is found in plain
 * objects only, not in a list.
 */
export function* jsonPieces(value: object, indent = 0, depth = 0): Generator<string, void> {
  const line = (deeper: number) => (indent === 0 ? '' : `\n${' '.repeat(indent * (depth + deeper))}`);
  const text = (of: unknown) => JSON.stringify(of, null, indent).replaceAll('\n', line(1));
  if (isIterable(value)) {
    let empty = true;
    for (const element of value) {
      yield `${empty ? '[' : ','}${line(1)}${text(element)}`;
      empty = false;
    }
    yield empty ? '[]' : `${line(0)}]`;
    return;
  }
  let empty = true;
  for (const [key, of] of Object.entries(value)) {
    if (of === undefined) continue;
    yield `${empty ? '{' : ','}${line(1)}${JSON.stringify(key)}:${indent === 0 ? '' : ' '}`;
    empty = false;
    if (isObject(of) && !Array.isArray(of)) yield* jsonPieces(of, indent, depth + 1);
    else yield text(of);
  }
  yield empty ? '{}' : `${line(0)}}`;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value;

/** So many characters make a chunk. More would take memory in each stage of a stream. */
const chunkLength = 16_384;

/** Joins small pieces of a text: to write or compress each of them would take longer. */
export function* chunksOf(pieces: Iterable<string>): Generator<string, void> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

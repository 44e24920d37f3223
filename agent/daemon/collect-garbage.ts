/** The first looks load and compile what is needed once only. */
const settledAfter = 2;
/** A look leaves little: half of what is kept ready for it. */
const quicklyEach = 2;
/** Eight hours of looks at the usual interval. */
const pollsBetween = 96;

/** How V8 is asked to collect: what the look itself left, or all there is. */
export interface Collector {
  quickly(): void;
  thoroughly(): void;
}

/**
 * Gives back what the looks left in memory: V8 keeps garbage for as long as nobody needs the room, and nobody may for days.
 *
 * What two looks left is collected after them, before the next one touches more pages. All there is, code among it, is collected after the second look
 * and then three times a day, since what is thrown away may have to be compiled again (docs/decisions/0009-memory.md, 0015-quiet-looks.md).
 *
 * Only where V8 was told to offer it (`--expose-gc`, as the LaunchAgent does); elsewhere it does nothing. To be called after each look.
 */
export function garbageCollector(collector: Collector | null = offered()): () => void {
  let polls = 0;
  return () => {
    polls++;
    if (polls % pollsBetween === settledAfter) collector?.thoroughly();
    else if (polls % quicklyEach === 0) collector?.quickly();
  };
}

function offered(): Collector | null {
  const { gc } = globalThis;
  return gc === undefined
    ? null
    : {
        quickly: () => gc({ type: 'minor', execution: 'sync' }),
        thoroughly: () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
      };
}

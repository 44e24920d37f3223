/** The first looks load and compile what is needed once only. */
const settledAfter = 2;
/** Garbage comes from looks, not from time: an hour of them at the usual interval. */
const looksBetween = 48;

/**
 * Gives back what the looks left in memory: V8 keeps garbage and code for as long as nobody needs the room, and nobody may for days.
 * After the second look, then after every twelfth, since what is thrown away may have to be compiled again
 * (docs/decisions/0009-memory.md).
 *
 * Only where V8 was told to offer it (`--expose-gc`, as the LaunchAgent does); elsewhere it does nothing. To be called after each look.
 */
export function memoryKeeper(letGo: (() => void) | null = offered()): () => void {
  let looks = 0;
  return () => {
    looks++;
    if (looks % looksBetween === settledAfter) letGo?.();
  };
}

function offered(): (() => void) | null {
  const { gc } = globalThis;
  return gc === undefined ? null : () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

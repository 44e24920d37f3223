import { type EpochMs, hour } from './types/time.ts';

/** The first looks load and compile what is needed once only. */
const settledAfter = 2;

/**
 * Gives back what the looks left in memory: V8 keeps garbage and code for as long as nobody needs the room, and nobody may for days.
 * After the second look, then once an hour, since what is thrown away may have to be compiled again. 2 MB (docs/decisions/0009-memory.md).
 *
 * Only where V8 was told to offer it (`--expose-gc`, as the LaunchAgent does); elsewhere it does nothing. To be called after each look.
 */
export function memoryKeeper(letGo: (() => void) | null = offered()): (now: EpochMs) => void {
  let looks = 0;
  let last: EpochMs | null = null;
  return (now) => {
    looks++;
    const isDue = last === null ? looks >= settledAfter : Math.abs(now - last) >= hour;
    if (letGo === null || !isDue) return;
    last = now;
    letGo();
  };
}

function offered(): (() => void) | null {
  const { gc } = globalThis;
  return gc === undefined ? null : () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

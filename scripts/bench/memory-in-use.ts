import { summaryOfStore } from '../../agent/fleet-store/summary-of-store.ts';
import { day } from '../../agent/shared/time.ts';

/**
 * Prints the bytes that a summary of a store has in use at most, after full garbage collections at
 * every 500th Mac. The first summary is not measured: V8 compiles what runs often, and keeps it.
 * Arguments: the store. Node's options: --expose-gc.
 */
const [, , store = ''] = process.argv;

/** One collection leaves some of the unused buffers, and a second one frees them. */
function inUse(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function mostInUse(): number {
  let most = 0;
  summaryOfStore(store, {
    now: Date.now(),
    since: null,
    silentAfterSeconds: (3 * day) / 1000,
    passwordChanges: null,
    files: null,
    progress: () => {
      most = Math.max(most, inUse());
    },
  });
  return most;
}

mostInUse();
const before = inUse();
console.log(mostInUse() - before);

import { StoreError } from '../store/errors.ts';
import type { AgentLog } from './log.ts';

/**
 * Runs optional work: logs a failure as `WHAT failed; NEXT.` and continues. A damaged or moved database is
 * thrown.
 */
export function optionalStep(
  log: Pick<AgentLog, 'warn'>,
  { what, next }: { readonly what: string; readonly next: string },
  work: () => void,
): void {
  try {
    work();
  } catch (error) {
    if (needsNewStart(error)) throw error;
    log.warn({ err: error }, `${what} failed; ${next}.`);
  }
}

/** A damaged or moved database: the next start quarantines it or creates another. Other errors may pass. */
export function needsNewStart(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'corrupt' || error.code === 'moved');
}

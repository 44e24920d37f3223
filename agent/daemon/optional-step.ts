import { StoreError } from '../store/errors.ts';
import type { AgentLog } from './log.ts';

/** Runs optional work: logs a failure as `WHAT failed; NEXT.` and continues. A moved database is thrown. */
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

/** A moved database: the next start creates another. The store opens a damaged one again. */
export function needsNewStart(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'moved';
}

import type { Measurement } from './own-use.ts';

/** What this process uses now. */
export type Meter = () => Omit<Measurement, 'pollMilliseconds'>;

/** To ask the system costs more than what can be found out from one look to the next: memory grows slowly, and what is counted is counted later. */
const measuredEachCalls = 3;

/** Asked at the first call and at each third one after it; in between, as it was then. Starts nothing and waits for nothing. */
export function processMeter(database: { readonly rowsWritten: number }): Meter {
  let last: { readonly measured: ReturnType<Meter>; readonly calls: number } | null = null;
  return () => {
    const calls = last === null || last.calls === measuredEachCalls ? 1 : last.calls + 1;
    last = { measured: calls === 1 || last === null ? measure(database) : last.measured, calls };
    return last.measured;
  };
}

function measure(database: { readonly rowsWritten: number }): ReturnType<Meter> {
  const { rss, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    rssBytes: rss,
    heapBytes: heapTotal + external,
    cpuMilliseconds: (user + system) / 1000,
    rowsWritten: database.rowsWritten,
  };
}

import type { Measurement } from './own-use.ts';

/** Returns what this process uses. */
export type Meter = () => Omit<Measurement, 'pollMilliseconds'>;

/** Asks the system at each call. Starts nothing and waits for nothing. */
export function processMeter(database: { readonly rowsWritten: number }): Meter {
  return () => {
    const { rss, heapTotal, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return {
      rssBytes: rss,
      heapBytes: heapTotal + external,
      cpuMilliseconds: (user + system) / 1000,
      rowsWritten: database.rowsWritten,
    };
  };
}

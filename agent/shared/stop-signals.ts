const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type StopSignal = (typeof stopSignals)[number];

/** Calls `stop` once for each signal that ends a process. Returns the function that unregisters it. */
export function onStopSignal(stop: (signal: StopSignal) => void): () => void {
  for (const signal of stopSignals) process.once(signal, stop);
  return () => {
    for (const signal of stopSignals) process.off(signal, stop);
  };
}

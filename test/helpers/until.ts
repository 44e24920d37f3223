/** Waits until the condition holds. The time limit is generous: to exceed it means that something hangs. */
export async function until(condition: () => boolean, what: string, limitMs = 150_000): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const began = Date.now();
  const timer = setInterval(() => {
    try {
      if (condition()) return resolve();
    } catch (error) {
      return reject(error);
    }
    if (Date.now() - began > limitMs) reject(new Error(`waited in vain for: ${what}`));
  }, 50);
  try {
    await promise;
  } finally {
    clearInterval(timer);
  }
}

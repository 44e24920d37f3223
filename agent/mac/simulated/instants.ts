/** `2026-04-25T09:00:16Z`: whole seconds, UTC, as Apple prints dates in JSON. */
export function isoSeconds(at: number): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** `2026-04-25 09:03:41 +0000`: NSDate's own description. */
export function description(at: number): string {
  return isoSeconds(at).replace('T', ' ').replace('Z', ' +0000');
}

/** `Sat Apr 25 09:03:41 2026`: as C's ctime, on a Mac whose zone is UTC. */
export function ctime(at: number): string {
  const [weekday = '', day = '', month = '', year, time] = new Date(at).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
}

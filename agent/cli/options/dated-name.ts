/**
 * A file name such as `psso-monitor-diagnose-2026-11-23-1055.zip`, local time, in the working folder: macOS
 * shows a privacy prompt before a program writes to the Desktop.
 */
export function datedName(what: string, ending: string, now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `psso-monitor-${what}-${date}-${two(now.getHours())}${two(now.getMinutes())}.${ending}`;
}

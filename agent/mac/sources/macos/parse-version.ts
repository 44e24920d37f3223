/**
 * `sw_vers -productVersion`: `15.6`; also the line `ProductVersion:` of the whole output. Null: no version.
 */
export function parseVersion(text: string): string | null {
  const whole = /^\s*(\d{1,4}(?:\.\d{1,4}){0,3})\s*$/.exec(text);
  const line = /^ProductVersion:[ \t]*(\d{1,4}(?:\.\d{1,4}){0,3})[ \t]*$/m.exec(text);
  return whole?.[1] ?? line?.[1] ?? null;
}

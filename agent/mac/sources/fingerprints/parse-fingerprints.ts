/** `bioutil -c`: `User 501: 2 biometric template(s)`. Null: no such line. */
export function parseFingerprints(text: string): number | null {
  const count = /^User \d+:\s*(\d{1,3}) biometric template/m.exec(text)?.[1];
  return count === undefined ? null : Number(count);
}

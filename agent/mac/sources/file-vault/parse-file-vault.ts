/** `fdesetup status`: `FileVault is On.`, also while it is turned on or off. Null: neither. */
export function parseFileVault(text: string): boolean | null {
  const state = /^FileVault is (On|Off)\b/m.exec(text)?.[1];
  return state === undefined ? null : state === 'On';
}

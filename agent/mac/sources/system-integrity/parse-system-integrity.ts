/**
 * `csrutil status`: `System Integrity Protection status: enabled.` or `disabled.` Null: a custom
 * configuration, or another text.
 */
export function parseSystemIntegrity(text: string): boolean | null {
  const state = /^System Integrity Protection status: (enabled|disabled)\.?\s*$/m.exec(text)?.[1];
  return state === undefined ? null : state === 'enabled';
}

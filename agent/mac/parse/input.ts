/** Larger input is refused: real outputs are a few KiB, a day of log lines a few MiB. Bytes. */
export const largestInput = 16 * 1024 * 1024;

export type AcceptedInput =
  | { readonly ok: true; readonly text: string }
  /** `tooLarge`: more than `limitBytes`. `empty`: no bytes at all, or a byte order mark alone. */
  | { readonly ok: false; readonly reason: 'tooLarge' | 'empty'; readonly limitBytes: number };

/**
 * Bytes from a file or a pipe as text with `\n` line ends and no byte order mark. Never throws: a byte that
 * is not UTF-8 becomes U+FFFD. UTF-16 is accepted when its byte order mark says so: PowerShell and some
 * editors save it.
 */
export function acceptInput(bytes: Uint8Array): AcceptedInput {
  if (bytes.byteLength > largestInput) return { ok: false, reason: 'tooLarge', limitBytes: largestInput };
  const text = decode(bytes);
  if (text === '') return { ok: false, reason: 'empty', limitBytes: largestInput };
  return { ok: true, text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text };
}

function decode(bytes: Uint8Array): string {
  // TextDecoder removes the byte order mark.
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

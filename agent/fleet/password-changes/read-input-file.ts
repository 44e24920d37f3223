import { UsageError } from '../../shared/errors.ts';
import { IrregularFileError, readRegularFile } from '../../shared/regular-file.ts';

/** The bytes of a file that the caller named. `tooLarge`: what to do then. Throws UsageError. */
export function readInputFile(path: string, limitBytes: number, tooLarge: string): Uint8Array {
  try {
    return readRegularFile(path, limitBytes);
  } catch (cause) {
    throw new UsageError(`${path} can't be read: ${whyUnreadable(cause, tooLarge)}.`, { cause });
  }
}

function whyUnreadable(cause: unknown, tooLarge: string): string {
  if (cause instanceof IrregularFileError)
    return cause.message.startsWith('is larger') ? `it ${cause.message}; ${tooLarge}` : `it ${cause.message}`;
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : 'permission denied';
}

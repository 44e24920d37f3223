/**
 * Whether a file could not be written because the disk or the permissions don't allow it at present. Other
 * errors are about what is in the folder.
 */
export function isRefused(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO'].includes(String(code));
}

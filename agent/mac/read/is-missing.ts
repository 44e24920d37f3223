import type { Files } from '../files.ts';

/** Whether there is no such file. One that can't be read exists. */
export async function isMissing(files: Files, path: string): Promise<boolean> {
  const file = await files.read(path);
  return !file.ok && file.reason === 'missing';
}

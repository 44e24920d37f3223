import { identityDigester } from '../../publish/identity-digest.ts';
import { UsageError } from '../../shared/errors.ts';
import { readInputFile } from './read-input-file.ts';

/** As the setting IdentityHashKey. */
const shortestKey = 8;
const longestKey = 200;

/** The digest of user names with the key in the file. Throws UsageError. */
export async function readIdentityKey(path: string): Promise<(user: string) => string> {
  const key = new TextDecoder().decode(readInputFile(path, 4096, 'it is no key')).trim();
  if (key.length < shortestKey || key.length > longestKey || /\p{Cc}/u.test(key))
    throw new UsageError(
      `${path} holds no key: one line of ${shortestKey} to ${longestKey} characters, the value of IdentityHashKey.`,
    );
  const digest = await identityDigester(key);
  return (user) => digest('user', user);
}

import { UsageError } from '../../shared/errors.ts';

/** The uid of `--uid`; null: not given. Throws UsageError: a reader never keeps the rights of root. */
export function uidOption(given: string | undefined): number | null {
  const uid = given === undefined ? null : Number(given);
  if (uid !== null && (!Number.isInteger(uid) || uid < 1))
    throw new UsageError(`--uid takes a number from 1, not "${given}".`);
  return uid;
}

import type { PasswordChange } from './password-change.ts';

/** The Macs whose stored identity is the user of a change. */
export type Match =
  | { readonly kind: 'macs'; readonly macs: readonly string[] }
  /** No Mac has this user, or several users of the file can be the same account. */
  | { readonly kind: 'none' | 'unclear' };

/** The digest of a user with the admin's key; null: no key is known. */
export type UserDigest = ((user: string) => string) | null;

/**
 * Joins users of an export with the accounts of Macs. Entra has `alex@example.com`, and the account of a Mac
 * is that name or `alex`. The whole name counts first. Where only the part before the `@` fits, two users of
 * the file with the same part are unclear.
 */
export function createUserMatch(
  macs: readonly { readonly mac: string; readonly user: string }[],
  changes: readonly PasswordChange[],
  digest: UserDigest,
): (change: PasswordChange) => Match {
  const byUser = Map.groupBy(
    macs.filter(({ user }) => user !== ''),
    ({ user }) => user.toLowerCase(),
  );
  const wholes = Map.groupBy(new Set(changes.map(({ user }) => user.toLowerCase())), localPart);
  const macsOf = (name: string): readonly string[] => {
    const written = [name, name.toLowerCase()];
    const stored = digest === null ? written : [...written, ...written.map(digest)];
    const found = stored.flatMap((one) => byUser.get(one.toLowerCase()) ?? []);
    return [...new Set(found.map(({ mac }) => mac))];
  };
  return ({ user }) => {
    if (user === '') return { kind: 'none' };
    const whole = macsOf(user);
    if (whole.length > 0) return { kind: 'macs', macs: whole };
    const local = localPart(user);
    const byLocal = local === user ? [] : macsOf(local);
    if (byLocal.length === 0) return { kind: 'none' };
    const sameLocal = wholes.get(local.toLowerCase())?.length ?? 0;
    return sameLocal > 1 ? { kind: 'unclear' } : { kind: 'macs', macs: byLocal };
  };
}

function localPart(user: string): string {
  const at = user.lastIndexOf('@');
  return at > 0 ? user.slice(0, at) : user;
}

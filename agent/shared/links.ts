/**
 * The schemes of links that an admin may give to a user: web, mail, phone, a pane of System Settings, and the
 * apps in which an MDM offers software (Jamf Self Service, Managed Software Center, Company Portal).
 */
export const linkSchemes = [
  'https',
  'mailto',
  'tel',
  'jamfselfservice',
  'munki',
  'companyportal',
  'x-apple.systempreferences',
] as const;

export const longestLink = 500;

/** A channel may hand such a link to a shell: it contains nothing that a shell reads. */
const afterSlashes = /^\/\/[A-Za-z0-9\-._~:/?#@&+,=%]*$/;
const withoutSlashes = /^[A-Za-z0-9\-._~:/@+,=%]+$/;

/** Why this is no link for a user, as a clause; null: it is one. Names the scheme and no other part. */
export function linkMistake(link: string): string | null {
  const schemes = `${linkSchemes.slice(0, -1).join(', ')} or ${linkSchemes.at(-1)}`;
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]{0,30}):(.*)$/s.exec(link) ?? [];
  if (scheme === undefined) return `a text without a scheme; a link begins with ${schemes}`;
  if (!linkSchemes.some((one) => one === scheme))
    return `a link of the scheme ${scheme}, which is refused; a link begins with ${schemes}`;
  if (link.length > longestLink) return `a link of more than ${longestLink} characters`;
  if (scheme === 'https' && !URL.parse(link)?.hostname) return 'a link without a host';
  if (afterSlashes.test(rest) || (scheme !== 'https' && withoutSlashes.test(rest))) return null;
  return 'a link with characters that must be written as %XX';
}

const words: Readonly<Record<string, string>> = {
  'macos-updated': 'macOS updated',
  'company-portal-updated': 'Company Portal updated',
  'profile-changed': 'SSO profile changed',
  'policy-changed': 'password policy changed',
  'enrollment-changed': 'MDM enrollment changed',
  'psso-configured': 'Platform SSO set up',
  'psso-removed': 'Platform SSO removed',
  'method-changed': 'sign-in method changed',
  're-registered': 'registered again',
  'local-password-changed': 'local password changed',
  'clock-changed': 'clock set',
};

/** A change in words, such as "Company Portal updated to 5.2602.0". */
export function changeText(kind: string, to: string): string {
  const text = (Object.hasOwn(words, kind) ? words[kind] : null) ?? kind;
  // A digest means nothing to a reader.
  if (kind === 'profile-changed') return text;
  if (kind === 'company-portal-updated' && to === 'not installed') return 'Company Portal removed';
  return to === '' ? text : `${text} to ${to}`;
}

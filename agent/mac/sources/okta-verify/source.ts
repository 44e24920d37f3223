import { readAppVersion } from '../../read/app-version.ts';
import { hourly } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';

/** Okta Verify contains Okta's single sign-on extension. */
const oktaVerifyFile = '/Applications/Okta Verify.app/Contents/Info.plist';

/** The version of Okta Verify; null: it is not installed. */
export const oktaVerify: Source<'oktaVerify'> = {
  name: 'oktaVerify',
  label: "Okta Verify's version",
  read: ({ files }) => readAppVersion(files, { app: 'Okta Verify', infoPlist: oktaVerifyFile }),
  reread: { kind: 'whenChanged', path: oktaVerifyFile, atLatest: hourly },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};

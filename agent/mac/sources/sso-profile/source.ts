import type { SsoProfile } from '../../../shared/observation.ts';
import { failed, type Reading, read } from '../../../shared/reading.ts';
import { parsePlist } from '../../parse/plist.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { hourly, managedPreferences } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parseSsoProfile } from './parse-sso-profile.ts';

const file = 'com.apple.extensiblesso.plist';
export const deviceProfile = `${managedPreferences}/${file}`;

/** The managed SSO extension payload, the device's before the user's; null: neither is installed. */
async function readSsoProfile({ files, who }: ReaderDependencies): Promise<Reading<SsoProfile | null>> {
  const device = await files.read(deviceProfile);
  const found =
    !device.ok && device.reason === 'missing'
      ? await files.read(`${managedPreferences}/${who.name}/${file}`)
      : device;
  if (!found.ok) return found.reason === 'missing' ? read(null) : found;
  try {
    return read(parseSsoProfile(await parsePlist(found.value)));
  } catch {
    return failed('malformed', `${file} can't be understood`);
  }
}

export const ssoProfile: Source<'ssoProfile'> = {
  name: 'ssoProfile',
  label: 'the SSO profile (managed preferences)',
  read: readSsoProfile,
  // Without a profile of the device there may be one of the user. Without the file, each poll reads.
  reread: { kind: 'whenChanged', path: deviceProfile, atLatest: hourly },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};

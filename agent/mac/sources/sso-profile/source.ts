import type { SsoProfile } from '../../../shared/observation.ts';
import { failed, type Reading, read } from '../../../shared/reading.ts';
import { parsePlist } from '../../parse/plist.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import type { Source } from '../../source.ts';
import { parseSsoProfile } from './parse-sso-profile.ts';

const folder = '/Library/Managed Preferences';
const file = 'com.apple.extensiblesso.plist';

/** The managed SSO extension payload, the device's before the user's; null: neither is installed. */
async function readSsoProfile({ files, who }: ReaderDependencies): Promise<Reading<SsoProfile | null>> {
  const device = await files.read(`${folder}/${file}`);
  const found =
    !device.ok && device.reason === 'missing' ? await files.read(`${folder}/${who.name}/${file}`) : device;
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
  reread: { kind: 'eachPoll' },
};

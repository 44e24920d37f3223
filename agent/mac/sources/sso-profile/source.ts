import type { SsoProfile } from '../../../shared/observation.ts';
import { failed, type Reading, read } from '../../../shared/reading.ts';
import { dictionaryOfPlist } from '../../parse/plist-dictionary.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { hourly } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { mergedChannels } from './merged-channels.ts';
import { parseSsoProfile, syncsPassword } from './parse-sso-profile.ts';
import { deviceProfile, userProfileOf } from './profile-files.ts';

/** The managed SSO extension payload of the device and the user, as one value; null: neither is installed. */
async function readSsoProfile({ files, who }: ReaderDependencies): Promise<Reading<SsoProfile | null>> {
  const [device, user] = await Promise.all([files.read(deviceProfile), files.read(userProfileOf(who.name))]);
  if (!device.ok && device.reason !== 'missing') return device;
  if (!device.ok && !user.ok) return user.reason === 'missing' ? read(null) : user;
  const ofDevice = device.ok ? await dictionaryOfPlist(device.value) : null;
  const ofUser = user.ok ? await dictionaryOfPlist(user.value) : null;
  // Beside the device's file, whose values count, a user's file that can't be read is passed over.
  const merged = device.ok ? mergedChannels(ofDevice, ofUser) : ofUser;
  if (merged === null) return failed('malformed', "com.apple.extensiblesso.plist can't be understood");
  const profile = parseSsoProfile(merged);
  // A payload of the Kerberos extension can stand in the other file.
  const kerberosSyncsPassword = [ofDevice, ofUser].some(syncsPassword);
  const unread = device.ok && ofUser === null && (user.ok || user.reason !== 'missing');
  const userChannel = unread ? ({ userChannelUnread: true } as const) : {};
  return read(profile === null ? null : { ...profile, kerberosSyncsPassword, ...userChannel });
}

export const ssoProfile: Source<'ssoProfile'> = {
  name: 'ssoProfile',
  label: 'the SSO profile (managed preferences)',
  read: readSsoProfile,
  // Without the device's file, each poll reads.
  reread: {
    kind: 'whenChanged',
    path: deviceProfile,
    alsoPath: ({ name }) => userProfileOf(name),
    atLatest: hourly,
  },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};

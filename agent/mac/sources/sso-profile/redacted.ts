import type { Reading } from '../../../shared/reading.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { bundleText } from '../../redact/values.ts';
import type { RawPoll, Redaction } from '../../redaction.ts';
import { deviceProfile, userProfileOf } from './profile-files.ts';
import { redactSsoProfile, unreadableProfile } from './redact-sso-profile.ts';

/** The managed profile of the device and of the user, as read. */
function filesOf({ file, who }: RawPoll): Record<'device' | 'user', Reading<Uint8Array> | null> {
  return { device: file(deviceProfile), user: file(userProfileOf(who.name)) };
}

async function redacted(file: Reading<Uint8Array> | null, redactor: Redactor): Promise<string | null> {
  return file?.ok ? await redactSsoProfile(file.value, redactor) : null;
}

export const redaction: Redaction<'ssoProfile'> = {
  reading(reading, { redactor }) {
    if (!reading.ok || reading.value === null) return reading;
    const { digest, extensionIdentifier } = reading.value;
    return {
      ok: true,
      value: {
        ...reading.value,
        digest: redactor.key(digest),
        extensionIdentifier: extensionIdentifier === null ? null : bundleText(extensionIdentifier, redactor),
      },
    };
  },
  async scenario(reading, poll) {
    if (reading.ok && reading.value === null) return { changes: { profile: null } };
    const { device, user } = filesOf(poll);
    const text = await redacted(device, poll.redactor);
    const userText = await redacted(user, poll.redactor);
    if (text !== null || userText !== null) {
      const profile = { ...(text === null ? {} : { text }), ...(userText === null ? {} : { userText }) };
      return { changes: { profile } };
    }
    const reason = device === null || device.ok ? 'unknown' : device.reason;
    return {
      changes: { profile: { text: unreadableProfile } },
      remarks: [`On the Mac the profile could not be read (${reason}); in the scenario it is malformed.`],
    };
  },
  outputs: {
    'extensiblesso.plist': (poll) => redacted(filesOf(poll).device, poll.redactor),
    'extensiblesso-user.plist': (poll) => redacted(filesOf(poll).user, poll.redactor),
  },
};

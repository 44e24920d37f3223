import { bundleText } from '../../redact/values.ts';
import type { RawPoll, Redaction } from '../../redaction.ts';
import { redactSsoProfile, unreadableProfile } from './redact-sso-profile.ts';

function fileOf(poll: RawPoll) {
  return poll.file('com.apple.extensiblesso.plist');
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
    const file = fileOf(poll);
    if (file?.ok)
      return { changes: { profile: { text: await redactSsoProfile(file.value, poll.redactor) } } };
    const reason = file?.reason ?? 'unknown';
    return {
      changes: { profile: { text: unreadableProfile } },
      remarks: [`On the Mac the profile could not be read (${reason}); in the scenario it is malformed.`],
    };
  },
  output: {
    file: 'extensiblesso.plist',
    async content(poll) {
      const file = fileOf(poll);
      return file?.ok ? await redactSsoProfile(file.value, poll.redactor) : null;
    },
  },
};

import { channels } from '../../agent/notify/channels/channels.ts';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import { jamfSchema } from './jamf-schema.ts';
import { loginItems } from './login-items.ts';
import { notifications } from './notifications.ts';
import { preferenceManifest } from './preference-manifest.ts';
import { settingsForIntune, settingsProfile, shops } from './shops.ts';

/** All files for the MDM, by name. Equal input gives equal files. `changedAt` in seconds, UTC. */
export function profiles(options: {
  readonly changedAt: number;
  /** The team that signed Node; by default the Node.js Foundation. */
  readonly teamIdentifier?: string | undefined;
}): Map<string, string> {
  return new Map([
    ['login-items.mobileconfig', loginItems(options.teamIdentifier)],
    ...channels.map(
      ({ profile }) => [`notifications-${profile.name}.mobileconfig`, notifications(profile)] as const,
    ),
    ...shops.map((shop) => [`${shop.name}.mobileconfig`, settingsProfile(shop)] as const),
    ...shops.map((shop) => [`${shop.name}.intune.xml`, settingsForIntune(shop)] as const),
    [`${preferencesDomain}.jamf.json`, jamfSchema()],
    [`${preferencesDomain}.plist`, preferenceManifest(options.changedAt)],
  ]);
}

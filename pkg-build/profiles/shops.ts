import { build, type PlistValue } from 'plist';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import type { SettingKey } from '../../agent/settings/schema.ts';
import { configurationProfile } from './configuration-profile.ts';

export interface Shop {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly settings: Readonly<Partial<Record<SettingKey, PlistValue>>>;
}

/** Example settings for three kinds of organisation. All other settings keep their defaults. */
export const shops: readonly Shop[] = [
  {
    name: 'settings-quiet',
    displayName: 'PSSO Monitor: quiet monitoring',
    description:
      'Records everything and shows nothing. For the first weeks, or when the helpdesk informs users.',
    settings: { NotificationsEnabled: false, RetentionDays: 180 },
  },
  {
    name: 'settings-helpdesk',
    displayName: 'PSSO Monitor: helpdesk',
    description:
      'Notifies at most twice a day, outside quiet hours. Stores identities as a digest, so that a ' +
      'helpdesk can compare Macs.',
    settings: {
      NotificationsEnabled: true,
      MaximumNotificationsPerDay: 2,
      QuietHours: { Start: '19:00', End: '07:00' },
      StoredIdentity: 'hashed',
      RetentionDays: 365,
    },
  },
  {
    name: 'settings-strict',
    displayName: 'PSSO Monitor: strict',
    description:
      'Polls every two minutes, reminds every day, compares with a minimum of twelve characters, and keeps ' +
      'names and two years of history.',
    settings: {
      PollIntervalSeconds: 120,
      NotificationsEnabled: true,
      Reminders: 'daily',
      MaximumNotificationsPerDay: 5,
      StoredIdentity: 'full',
      RetentionDays: 730,
      IdpMinimumPasswordLength: 12,
    },
  },
];

export function settingsProfile({ name, displayName, description, settings }: Shop): string {
  return configurationProfile(name, {
    displayName,
    description,
    payload: { type: preferencesDomain, displayName: 'PSSO Monitor settings', content: present(settings) },
  });
}

/** The keys and values alone, as the template "Preference file" of Intune takes them. */
export function settingsForIntune({ settings }: Shop): string {
  const plist = build(present(settings));
  const inside = plist.slice(plist.indexOf('<dict>') + '<dict>'.length, plist.lastIndexOf('</dict>'));
  return `${inside.replaceAll(/^ {4}/gm, '').trim()}\n`;
}

function present(settings: Shop['settings']): Record<string, PlistValue> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

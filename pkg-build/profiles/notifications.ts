import type { ChannelProfile } from '../../agent/notify/channels/channel.ts';
import { configurationProfile } from './configuration-profile.ts';

/** Allows temporary banners. None on the lock screen, since a notification may name the user of the Mac. */
export function notifications({ name, shownAs, bundles, remark }: ChannelProfile): string {
  return configurationProfile(`notifications-${name}`, {
    displayName: `PSSO Monitor: notifications by ${shownAs}`,
    description: `Lets PSSO Monitor show its notifications. ${remark}`,
    payload: {
      type: 'com.apple.notificationsettings',
      displayName: `Notifications of ${shownAs}`,
      content: {
        NotificationSettings: bundles.map((BundleIdentifier) => ({
          BundleIdentifier,
          NotificationsEnabled: true,
          AlertType: 1,
          ShowInNotificationCenter: true,
          ShowInLockScreen: false,
          BadgesEnabled: false,
          SoundsEnabled: false,
          CriticalAlertEnabled: false,
        })),
      },
    },
  });
}

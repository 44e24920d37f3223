import { configurationProfile } from './configuration-profile.ts';

interface Channel {
  readonly name: string;
  readonly shownAs: string;
  readonly bundles: readonly string[];
  readonly remark: string;
}

/** The programs that show notifications, by channel. */
export const notificationChannels: readonly Channel[] = [
  {
    name: 'swiftdialog',
    shownAs: 'swiftDialog',
    bundles: [
      'au.csiro.dialog',
      // The helpers of swiftDialog 3.1: two from its project file, then two from its documentation.
      'au.csiro.dialog.notifier.banner',
      'au.csiro.dialog.notifier.alert',
      'au.csiro.dialog.banner',
      'au.csiro.dialog.alert',
    ],
    remark: 'For Macs with swiftDialog.',
  },
  {
    name: 'ibm-notifier',
    shownAs: 'IBM Notifier',
    bundles: ['com.ibm.cio.notifier', 'com.ibm.cio.notifier.alert', 'com.ibm.cio.notifier.banner'],
    remark: 'For Macs with IBM Notifier.',
  },
  {
    name: 'osascript',
    shownAs: 'Script Editor',
    bundles: ['com.apple.ScriptEditor2'],
    remark:
      'Only when neither swiftDialog nor IBM Notifier is deployed. It allows notifications for every ' +
      'script on the Mac, since macOS attributes all of them to Script Editor.',
  },
];

/** Allows temporary banners. None on the lock screen, since a notification may name the user of the Mac. */
export function notifications({ name, shownAs, bundles, remark }: Channel): string {
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

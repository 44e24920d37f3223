import { existsSync } from 'node:fs';
import { commands } from '../../mac/commands.ts';
import { below } from '../../mac/sysroot.ts';
import { channels } from '../../notify/channels/channels.ts';
import { type Check, couldNotRun, fail, type Outcome, pass, warn } from '../check.ts';

/** Whether a channel exists. macOS does not say whether it may notify, so the check says how to try it. */
export const notifications: Check = {
  id: 'notices',
  group: 'notices',
  async run({ sysroot, onMac, settings: { values } }) {
    if (!values.NotificationsEnabled || values.NotificationChannel === 'none')
      return [warn('A setting switches notifications off; the agent still records everything.', null)];
    if (!onMac) return [couldNotRun('This is not a Mac; notifications are not checked.')];
    const wanted = channels.filter(
      ({ name }) => values.NotificationChannel === 'automatic' || values.NotificationChannel === name,
    );
    const found = wanted.find(({ command }) => existsSync(below(sysroot, commands[command])));
    if (found === undefined)
      return [
        fail(
          `No notification channel is on this Mac (${wanted.map(({ name }) => name).join(', ')}).`,
          'Deploy swiftDialog or IBM Notifier, or set NotificationChannel to automatic.',
        ),
      ];
    const outcomes: Outcome[] =
      found.name === 'osascript' && values.NotificationChannel === 'automatic'
        ? [
            warn(
              `Notifications use osascript, as Script Editor: macOS drops them unless that is allowed. ${found.click}`,
              'Better: deploy swiftDialog, with its notification profile (docs/admin/any-mdm.md).',
            ),
          ]
        : [pass(`Notifications use ${found.name}. ${found.click}`)];
    return [
      ...outcomes,
      {
        ...couldNotRun(
          'macOS does not say whether notifications are allowed.',
          `MDM allows them with notifications-${found.profile.name}.mobileconfig. To try it: psso-monitor notify --test`,
        ),
        id: 'notification-permission',
      },
    ];
  },
};

import { existsSync } from 'node:fs';
import { commands } from '../../mac/commands.ts';
import { below } from '../../mac/sysroot.ts';
import { channels } from '../../notify/channels/channels.ts';
import { type Check, couldNotRun, fail, type Outcome, pass, warn } from '../check.ts';

/** Whether a notice could reach the user. What macOS allows can't be read; how to see it can be said. */
export const notifications: Check = {
  id: 'notices',
  group: 'notices',
  async run({ sysroot, onMac, settings: { values } }) {
    if (!values.NotificationsEnabled || values.NotificationChannel === 'none')
      return [warn('Notices are switched off by a setting; everything is recorded all the same.', null)];
    if (!onMac) return [couldNotRun('This is no Mac, so there is nobody to tell.')];
    const wanted = channels.filter(
      ({ name }) => values.NotificationChannel === 'automatic' || values.NotificationChannel === name,
    );
    const found = wanted.find(({ command }) => existsSync(below(sysroot, commands[command])));
    if (found === undefined)
      return [
        fail(
          `No program to show notices by (${wanted.map(({ name }) => name).join(', ')}) is on this Mac.`,
          'Deploy swiftDialog or IBM Notifier, or set NotificationChannel to automatic.',
        ),
      ];
    const outcomes: Outcome[] =
      found.name === 'osascript' && values.NotificationChannel === 'automatic'
        ? [
            warn(
              'Notices go by osascript, in the name of Script Editor: macOS drops them unless that is allowed.',
              'Better: deploy swiftDialog, with its notification profile (docs/admin/any-mdm.md).',
            ),
          ]
        : [pass(`Notices go by ${found.name}.`)];
    return [
      ...outcomes,
      {
        ...couldNotRun(
          'Whether macOS lets them appear can not be read.',
          `Try it: psso-monitor notify --test. By MDM it is allowed with notifications-${found.profile.name}.mobileconfig.`,
        ),
        id: 'notification-permission',
      },
    ];
  },
};

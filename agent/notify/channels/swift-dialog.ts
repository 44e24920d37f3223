import { type Channel, channelOutcome, notAnOption } from './channel.ts';

/** Its output when macOS does not allow the notification; the exit status is 0. */
const refused = /authori[sz]ation is denied|aren't authori[sz]ed|not allowed for this application/i;

/**
 * swiftDialog: a click does the action of button 1; an action without `://` is a command (swiftDialog:
 * Notifications.swift). A notification with the same identifier replaces the one before, and can be
 * withdrawn. Before 2.5.6 it has no identifiers, and shows a new notification for `--remove`
 * (swiftDialog/swiftDialog#517).
 */
export const swiftDialog: Channel = {
  name: 'swiftDialog',
  command: 'dialog',
  profile: {
    name: 'swiftdialog',
    shownAs: 'swiftDialog',
    bundles: [
      'au.csiro.dialog',
      // The helpers of swiftDialog 3.1 by its project file; the last two by its documentation.
      'au.csiro.dialog.notifier.banner',
      'au.csiro.dialog.notifier.alert',
      'au.csiro.dialog.banner',
      'au.csiro.dialog.alert',
    ],
    remark: 'For Macs with swiftDialog.',
  },
  click: 'A click opens the pane of System Settings or the link that helps, if there is one.',
  async show(runner, { identifier, title, body, opens }) {
    const text = ['--title', notAnOption(title), '--message', notAnOption(body)];
    const action =
      opens === undefined
        ? []
        : ['--button1action', opens.includes('://') ? opens : `/usr/bin/open ${opens}`];
    const outcome = await runner.run('dialog', [
      ...['--notification', '--identifier', identifier],
      ...text,
      ...action,
    ]);
    if (outcome.kind === 'exited' && refused.test(outcome.stdout + outcome.stderr)) {
      return { kind: 'failed', reason: 'swiftDialog is not allowed to notify' };
    }
    return channelOutcome('swiftDialog', outcome);
  },
  async withdraw(runner, identifier) {
    const version = await runner.run('dialog', ['--version']);
    if (version.kind !== 'exited' || hasNoIdentifiers(version.stdout)) return;
    await runner.run('dialog', ['--notification', '--identifier', identifier, '--remove']);
  },
};

/** True for `2.5.5.4802` and older; false for a text that is no version. */
function hasNoIdentifiers(printed: string): boolean {
  const version = /^\s*v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(printed);
  if (version === null) return false;
  const [major = 0, minor = 0, patch = 0] = version.slice(1).map((part) => Number(part ?? 0));
  return major * 1e6 + minor * 1e3 + patch < 2_005_006;
}

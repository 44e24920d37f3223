import { type Channel, channelOutcome, notAnOption } from './channel.ts';

/** Exit statuses other than 0 after a banner was shown: answered, dismissed, or neither. */
const answered: ReadonlySet<number> = new Set([2, 3, 4, 200, 239]);

/**
 * IBM Notifier: its agent shows banners. It cannot withdraw one. A click does the action of the main button
 * (UserNotificationController.swift).
 *
 * Its process waits for the user's answer, and the banner outlives it: a process that reaches the timeout has
 * shown the banner. (IBM/mac-ibm-notifications: TaskManager.swift waits for the banner's process, Utils.swift
 * has the statuses, EFCLController-Extension.swift reads every value that begins with a dash as an option.)
 */
export const ibmNotifier: Channel = {
  name: 'ibmNotifier',
  command: 'ibmNotifier',
  profile: {
    name: 'ibm-notifier',
    shownAs: 'IBM Notifier',
    bundles: ['com.ibm.cio.notifier', 'com.ibm.cio.notifier.alert', 'com.ibm.cio.notifier.banner'],
    remark: 'For Macs with IBM Notifier.',
  },
  click: 'A click opens the pane of System Settings or the link that helps, if there is one.',
  async show(runner, { title, body, opens }) {
    const args = ['-type', 'banner', '-title', notAnOption(title), '-subtitle', notAnOption(body)];
    const link =
      opens === undefined ? [] : ['-main_button_cta_type', 'link', '-main_button_cta_payload', opens];
    const outcome = await runner.run('ibmNotifier', [...args, ...link]);
    const shown = outcome.kind === 'timeout' || (outcome.kind === 'exited' && answered.has(outcome.status));
    return shown ? { kind: 'taken' } : channelOutcome('IBM Notifier', outcome);
  },
};

import { type Channel, channelOutcome, notAnOption } from './channel.ts';

/** Ends of its process that say what became of a banner that was shown: answered, dismissed, or neither. */
const answered: ReadonlySet<number> = new Set([0, 2, 3, 4, 200, 239]);

/**
 * IBM Notifier: banners of its own agent. It can't take one back.
 *
 * Its process waits for the person's answer, and the banner outlives it: one that is still waiting when its time is up
 * has shown it. (IBM/mac-ibm-notifications: TaskManager.swift waits for the banner's process, Utils.swift has the
 * statuses, EFCLController-Extension.swift takes whatever begins with a dash for an option.)
 */
export const ibmNotifier: Channel = {
  name: 'ibmNotifier',
  async show(runner, { title, body }) {
    const args = ['-type', 'banner', '-title', notAnOption(title), '-subtitle', notAnOption(body)];
    const outcome = await runner.run('ibmNotifier', args);
    const shown = outcome.kind === 'timeout' || (outcome.kind === 'exited' && answered.has(outcome.status));
    return shown ? { kind: 'taken' } : channelOutcome('IBM Notifier', outcome);
  },
};

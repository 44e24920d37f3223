import type { Runner } from '../mac/runner.ts';
import type { ChannelName } from '../shared/channel-names.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { bodyLimit, titleLimit } from './notification-limits.ts';
import type { Notifier } from './notifier.ts';

/** Delivers to the preferred channel, or to the first channel that takes the notification. */
export function createNotifier(options: {
  readonly runner: Runner;
  /** Read for each notification: an admin may change it while the agent runs. */
  readonly preferred: () => 'automatic' | ChannelName;
}): Notifier {
  const { runner, preferred } = options;
  const tried = async () => {
    // Loaded when there is something to show: most polls show nothing.
    const { channels } = await import('./channels/channels.ts');
    const name = preferred();
    return name === 'automatic' ? channels : channels.filter((channel) => channel.name === name);
  };
  return {
    async show(notification) {
      if (preferred() === 'none')
        return { ok: false, channel: 'none', reason: 'notifications are turned off' };
      const harmless = {
        identifier: notification.identifier,
        title: sanitiseLine(notification.title, titleLimit),
        body: sanitiseLine(notification.body, bodyLimit),
        ...(notification.opens === undefined ? {} : { opens: notification.opens }),
      };
      const problems: string[] = [];
      let last: ChannelName | null = null;
      for (const channel of await tried()) {
        const outcome = await channel.show(runner, harmless);
        if (outcome.kind === 'taken') return { ok: true, channel: channel.name };
        if (outcome.kind === 'failed') {
          problems.push(outcome.reason);
          last = channel.name;
        }
      }
      const reason = problems.length > 0 ? problems.join('; ') : 'no notification program was found';
      return { ok: false, channel: last, reason };
    },
    async withdraw(identifier) {
      for (const channel of await tried()) await channel.withdraw?.(runner, identifier);
    },
  };
}

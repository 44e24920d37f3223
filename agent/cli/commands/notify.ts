import { createNotifier } from '../../notify/channel-notifier.ts';
import { loadContext } from '../../settings/load-context.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { testText } from '../../texts/user-texts.ts';
import type { NotifyOutput } from '../output/notify.ts';
import { printJson, printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const notify: Subcommand = {
  configure(command, call) {
    command
      .option('--test', 'show a test notification')
      .option('--title <text>', 'title of the test notification')
      .option('--body <text>', 'text of the test notification')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        `
The channel does not report whether the user saw a notification. macOS drops it without an error when the
channel is not allowed to notify. A click opens HelpdeskURL, if that is set.

Example:
  psso-monitor notify --test
`,
      );
    call(async (global) => {
      const options = command.opts<{ test?: boolean; title?: string; body?: string; json?: boolean }>();
      if (!options.test) throw new UsageError('notify needs --test: psso-monitor notify --test');
      const { settings, runner, languageBy } = await loadContext(global);
      const { values } = settings;
      const { helpdeskUrl } = settings.organisation.contacts;
      const text = testText(languageBy(values));
      const delivery = await createNotifier({ runner, preferred: () => values.NotificationChannel }).show({
        identifier: 'test',
        title: options.title ?? text.title,
        body: options.body ?? text.body,
        ...(helpdeskUrl === null ? {} : { opens: helpdeskUrl }),
      });
      if (options.json) printJson(delivery satisfies NotifyOutput);
      else if (delivery.ok)
        printLine(`Delivered to ${delivery.channel}. If nothing appears, macOS does not allow it to notify.`);
      else printLine(`The notification could not be shown: ${delivery.reason}`);
      return delivery.ok ? exitStatus.done : exitStatus.problem;
    });
  },
};

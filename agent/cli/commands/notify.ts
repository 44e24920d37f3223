import { statSync } from 'node:fs';
import { createNotifier } from '../../notify/channel-notifier.ts';
import { testEvent } from '../../notify/test-event.ts';
import { loadContext } from '../../settings/load-context.ts';
import { UsageError } from '../../shared/errors.ts';
import type { NewEvent } from '../../shared/event.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { Paths } from '../../shared/paths.ts';
import { version } from '../../shared/version.ts';
import { appendEvent } from '../../store/append-event.ts';
import { StoreError } from '../../store/errors.ts';
import { runningAgent } from '../../store/run-file.ts';
import { testText } from '../../texts/user-texts.ts';
import type { NotifyOutput } from '../output/notify.ts';
import { printJson, printLine, printMessage } from '../print/print.ts';
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

While the agent runs, its history gets an event of the test, for "validate". The test counts
neither as a notification of an issue nor for the daily maximum.

Example:
  psso-monitor notify --test
`,
      );
    call(async (global) => {
      const options = command.opts<{ test?: boolean; title?: string; body?: string; json?: boolean }>();
      if (!options.test) throw new UsageError('notify needs --test: psso-monitor notify --test');
      const { settings, runner, languageBy, paths } = await loadContext(global);
      const { values } = settings;
      const { helpdeskUrl } = settings.organisation.contacts;
      const text = testText(languageBy(values));
      const shown = { title: options.title ?? text.title, body: options.body ?? text.body };
      const delivery = await createNotifier({ runner, preferred: () => values.NotificationChannel }).show({
        identifier: 'test',
        ...shown,
        ...(helpdeskUrl === null ? {} : { opens: helpdeskUrl }),
      });
      const problem = recorded(paths, testEvent(Date.now(), shown, delivery));
      if (problem !== null) printMessage(`psso-monitor: the test is not recorded: ${problem}`);
      if (options.json) printJson(delivery satisfies NotifyOutput);
      else if (delivery.ok)
        printLine(`Delivered to ${delivery.channel}. If nothing appears, macOS does not allow it to notify.`);
      else printLine(`The notification could not be shown: ${delivery.reason}`);
      return delivery.ok ? exitStatus.done : exitStatus.problem;
    });
  },
};

/**
 * Null: recorded, or no agent of this user keeps the history. Without an agent the newest event passes for a
 * poll, and an old record for the present state. In another user's history, root would leave its own files.
 */
function recorded(
  { database, dataDir }: Pick<Paths, 'database' | 'dataDir'>,
  event: NewEvent,
): string | null {
  if (statSync(database, { throwIfNoEntry: false })?.uid !== process.geteuid?.()) return null;
  if (runningAgent(dataDir) === null) return null;
  try {
    appendEvent(database, event, { agentVersion: version });
    return null;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error.code === 'missing' ? null : error.message;
  }
}

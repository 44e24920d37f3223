import { mkdirSync } from 'node:fs';
import { listSilences } from '../../notify/list-silences.ts';
import { writeSilence } from '../../notify/silences.ts';
import { loadOrganisation } from '../../settings/load-context.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { localTime } from '../../shared/local-time.ts';
import { pathsOf } from '../../shared/paths.ts';
import { refuseRoot } from '../../shared/refuse-root.ts';
import { day, toIso } from '../../shared/time.ts';
import { issueOption } from '../options/issue-option.ts';
import type { SilenceOutput } from '../output/silence.ts';
import { printJson, printLine, table } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

const spans: Readonly<Record<string, number>> = { '1d': day, '7d': 7 * day, '31d': 31 * day };
export const durationNames: readonly string[] = Object.keys(spans);

export const silence: Subcommand = {
  reads: 'user',
  configure(command, call) {
    command
      .argument('[issue]', 'an issue, as listed by `psso-monitor issues`')
      .option('--for <span>', 'duration: 1d, 7d or 31d')
      .option('--end', 'show notifications again')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        `
Without an issue it lists silenced issues. A silenced issue is still recorded; only its notifications stop.

Example:
  psso-monitor silence psso-not-registered --for 7d
  psso-monitor silence psso-not-registered --end
`,
      );
    call(async (global) => {
      const options = command.opts<{ for?: string; end?: boolean; json?: boolean }>();
      const [given] = command.args;
      const paths = pathsOf(global);
      const now = Date.now();
      if (given === undefined && (options.for !== undefined || options.end))
        throw new UsageError('say which issue: psso-monitor silence ISSUE --for 7d');
      if (options.for !== undefined && options.end)
        throw new UsageError('--for and --end contradict each other; choose one.');
      if (given !== undefined) {
        const issue = issueOption(given, await loadOrganisation(global));
        const length =
          options.for === undefined || !Object.hasOwn(spans, options.for) ? undefined : spans[options.for];
        if (!options.end && length === undefined)
          throw new UsageError('say for how long: --for 1d, --for 7d or --for 31d.');
        refuseRoot(global, `silence ${issue} …`);
        listSilences(paths.silences, now);
        mkdirSync(paths.dataDir, { recursive: true, mode: 0o700 });
        writeSilence(paths.silences, issue, options.end || length === undefined ? null : now + length);
      }
      const silenced = Object.entries(listSilences(paths.silences, now));
      const output: SilenceOutput = Object.fromEntries(silenced.map(([id, until]) => [id, toIso(until)]));
      if (options.json) printJson(output);
      else if (silenced.length === 0) printLine('No issue is silenced.');
      else printLine(table(silenced.map(([id, until]) => [id, `silent until ${localTime(toIso(until))}`])));
      return exitStatus.done;
    });
  },
};

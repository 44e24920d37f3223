import { historyOf } from '../../history/history.ts';
import { validateHistory } from '../../history/validate-history.ts';
import type { ValidationOutput, ValidationStep } from '../../history/validation-output.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { localTime, timeZone, withLocalTimes } from '../../shared/local-time.ts';
import { pathsOf } from '../../shared/paths.ts';
import { fromIso } from '../../shared/time.ts';
import { openReader } from '../../store/reader.ts';
import { previousRun } from '../../store/run-file.ts';
import { sinceOption } from '../options/instant-option.ts';
import { printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  json?: boolean;
  since?: string;
}

export const validate: Subcommand = {
  configure(command, call) {
    command
      .option('--since <when>', 'only what happened since 30s, 5m, 4h, 2d or 1w ago, or since a date, proves')
      .option('--json', 'print JSON; times in UTC')
      .addHelpText(
        'after',
        `
Judges from the recorded history which scenarios of a roll-out this Mac has proven: the preconditions, the
registration, a new password that reached the Mac, a repair, a migration, a notification, the agent. It
changes nothing on the Mac. The exit status is 1 when a scenario failed.

Example:
  psso-monitor validate
  psso-monitor validate --since 2026-11-20 --json
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const { database, dataDir } = pathsOf(global);
      const now = Date.now();
      const since = options.since === undefined ? null : sinceOption(options.since, now);
      const reader = openReader({ path: database });
      const newest = reader.events({ last: 1 })[0]?.at;
      const lastPollAt = previousRun(dataDir)?.lastPollAt ?? (newest === undefined ? null : fromIso(newest));
      const output: ValidationOutput = validateHistory(historyOf(reader), { since, now, lastPollAt });
      reader.close();
      if (options.json) printJson(output);
      else print(output);
      const isFailed = output.steps.some(({ result }) => result === 'failed');
      return isFailed ? exitStatus.problem : exitStatus.done;
    });
  },
};

const words: Readonly<Record<ValidationStep['result'], string>> = {
  proven: 'Proven',
  failed: 'Failed',
  'not-seen': 'Not seen yet',
  'not-possible': 'Not possible here',
  unknown: 'Not known',
};

function print({ steps, since, macos, companyPortal, method, agentVersion }: ValidationOutput): void {
  for (const { title, result, at, sentence, remedy } of steps) {
    const time = at === null ? '' : ` ${localTime(at)}`;
    printLine(`${styled('bold', title)}: ${words[result]}${time}`);
    printLine(`  ${withLocalTimes(sentence)}`);
    for (const line of remedy) printLine(`  - ${line}`);
  }
  const portal = companyPortal === '' ? [] : [`Company Portal ${companyPortal}`];
  const versions = [`macOS ${macos || 'unknown'}`, ...portal, `method ${method}`, `agent ${agentVersion}`];
  printLine(styled('dim', `\n${versions.join(', ')}.`));
  const counted = since === null ? 'The whole history counts.' : `Counted since ${localTime(since)}.`;
  printLine(styled('dim', `${counted} Times are ${timeZone()}.`));
}

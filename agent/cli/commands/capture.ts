import { captureOf, materialOf } from '../../capture/capture.ts';
import { Redactor } from '../../mac/redact/redactor.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { shellWord } from '../../shared/shell-quoted.ts';
import { instantOption } from '../options/instant-option.ts';
import type { CaptureOutput } from '../output/capture.ts';
import { asCalled } from '../print/as-called.ts';
import { printJson, printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  redact?: boolean;
  out?: string;
  keepSince?: string;
  seed?: string;
  force?: boolean;
  json?: boolean;
}

export const capture: Subcommand = {
  reads: 'user',
  configure(command, call) {
    command
      .option('--redact', 'replace every name, id and key by a stand-in (required)')
      .option('--out <file>', 'write the scenario to this file')
      .option('--keep-since <when>', 'begin then (4h, 2d, or a date), from the recorded events')
      .option('--seed <text>', 'use the stand-ins of this text; keep it secret like a password')
      .option('--force', 'overwrite the file')
      .option('--json', 'print a summary as JSON; needs --out')
      .addHelpText(
        'after',
        `
Polls this Mac once and writes a scenario for \`psso-monitor replay\`, so that a problem becomes a test.
Every name, domain, id, address, key, certificate and token is replaced by its own stand-in. Unknown values
are replaced too. Times, versions and switches stay. Nothing is sent.

Example:
  psso-monitor capture --redact --out my-mac.ndjson
  psso-monitor replay my-mac.ndjson
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const { out, force = false, json = false } = options;
      if (options.redact !== true) {
        throw new UsageError(
          'capture needs --redact: a capture is for other people, so it never holds names or keys. ' +
            'To see the output of macOS itself, run `app-sso platform -s`.',
        );
      }
      if (json && out === undefined)
        throw new UsageError('--json prints a summary; it needs --out FILE for the capture.');
      if (options.seed !== undefined && options.seed.length < 8)
        throw new UsageError('--seed takes a text of at least 8 characters: a shorter one can be guessed.');
      const since =
        options.keepSince === undefined
          ? undefined
          : instantOption('keep-since', options.keepSince, Date.now());

      const material = await materialOf(global);
      if (since !== undefined) {
        if (since >= Date.now()) throw new UsageError('--keep-since takes a time in the past.');
        if (material.history === null)
          throw new ProblemError(
            material.historyProblem ?? 'there is no history for --keep-since; run capture without it.',
          );
      }
      const redactor = new Redactor(options.seed === undefined ? {} : { seed: options.seed });
      const made = await captureOf(material, { redactor, ...(since === undefined ? {} : { since }) });
      if (out === undefined) {
        process.stdout.write(made.text);
        return exitStatus.done;
      }
      writePrivateFile(out, made.text, { force });
      const output: CaptureOutput = {
        file: out,
        lines: made.text.split('\n').length - 1,
        replaced: redactor.counts,
        unrecognisedFields: redactor.unrecognisedFields,
        remarks: [...made.remarks],
        openIssues: [...made.openIssues],
        openOnMac: made.openOnMac === null ? null : [...made.openOnMac],
      };
      if (json) printJson(output);
      else print(output);
      return exitStatus.done;
    });
  },
};

function print(output: CaptureOutput): void {
  const { names, domains, ids, keys } = output.replaced;
  printLine(`${output.file} holds this Mac as a scenario.`);
  const replaced = [
    counted(names, 'name'),
    counted(domains, 'domain or address', 'domains and addresses'),
    counted(ids, 'id'),
    counted(keys, 'key'),
  ];
  printLine(`Replaced: ${replaced.join(', ')}.`);
  if (output.unrecognisedFields > 0) {
    printLine(
      `This version does not know ${counted(output.unrecognisedFields, 'field')}; names and values were ` +
        'replaced. Please report your macOS version.',
    );
  }
  for (const remark of output.remarks) printLine(remark);
  printLine(replayed(output));
  printLine(
    `\nRead it before you share it. To run it:\n  ${asCalled('psso-monitor replay')} ${shellWord(output.file)}`,
  );
}

function replayed({ openIssues, openOnMac }: CaptureOutput): string {
  const named = openIssues.length === 0 ? 'no issue is open' : `open: ${openIssues.join(', ')}`;
  const same = openOnMac !== null && openIssues.join() === openOnMac.join();
  return `At the end of a replay, ${same ? 'as on this Mac, ' : ''}${named}.`;
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

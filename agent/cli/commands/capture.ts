import { captureOf, materialOf } from '../../capture/capture.ts';
import { Redactor } from '../../capture/redact/redactor.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { instantOption } from '../options/instant-option.ts';
import type { CaptureOutput } from '../output/capture.ts';
import { printJson, printLine } from '../print/print.ts';
import { quoted } from '../print/shell-quoted.ts';
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
  configure(command, call) {
    command
      .option('--redact', 'replace every name, id and key by a stand-in; there is no capture without it')
      .option('--out <file>', 'write it there instead of printing it')
      .option('--keep-since <when>', 'begin then (4h, 2d ago, or a date) with what is recorded since')
      .option('--seed <text>', 'the same stand-ins whenever this text is given; keep it as a password')
      .option('--force', 'overwrite the file')
      .option('--json', 'print what was captured as JSON; with --out only')
      .addHelpText(
        'after',
        `
Looks at this Mac once and writes what it says as a scenario for \`psso-monitor replay\`, so that a problem becomes a test.
Names, domains, ids, addresses, keys, certificates and tokens are replaced, the same one by the same stand-in everywhere;
what isn't known to be harmless is replaced too. Instants, versions and switches stay. Nothing is sent anywhere.

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
          'capture needs --redact: a capture is made to be given to others, so there is none with names and keys in it. ' +
            'To see what macOS says to you, run `app-sso platform -s`.',
        );
      }
      if (json && out === undefined)
        throw new UsageError('--json says what was captured and needs --out FILE for the capture itself.');
      if (options.seed !== undefined && options.seed.length < 8)
        throw new UsageError('--seed takes a text of at least 8 characters: a shorter one is soon guessed.');
      const since =
        options.keepSince === undefined
          ? undefined
          : instantOption('keep-since', options.keepSince, Date.now());

      const material = await materialOf(global);
      if (since !== undefined) {
        if (since >= Date.now()) throw new UsageError('--keep-since takes a time in the past.');
        if (material.history === null)
          throw new ProblemError(
            material.historyProblem ?? 'there is no history yet that --keep-since could tell from.',
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
  printLine(
    `Replaced in it: ${counted(names, 'name')}, ${counted(domains, 'domain or address', 'domains and addresses')}, ${counted(ids, 'id')}, ${counted(keys, 'key')}.`,
  );
  if (output.unrecognisedFields > 0) {
    printLine(
      `${counted(output.unrecognisedFields, 'field')} in it this version doesn't know; name and value were replaced. Please report your macOS version.`,
    );
  }
  for (const remark of output.remarks) printLine(remark);
  printLine(replayed(output));
  printLine(
    `\nLook at it before you give it away, then try it:\n  psso-monitor replay ${quoted(output.file)}`,
  );
}

function replayed({ openIssues, openOnMac }: CaptureOutput): string {
  const named = openIssues.length === 0 ? 'no issue is open' : `open: ${openIssues.join(', ')}`;
  const same = openOnMac !== null && openIssues.join() === openOnMac.join();
  return `Replayed once, it ends ${same ? 'as on this Mac' : 'so'}: ${named}.`;
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

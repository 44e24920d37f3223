import { createReadStream } from 'node:fs';
import { acceptInput, largestInput } from '../../mac/parse/input.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { ParseOutput, ParseSource } from '../output/parse.ts';
import { printJson } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

type Parse = (text: string, refused: string | null) => ParseOutput[ParseSource];

const sources: { readonly [Source in ParseSource]: () => Promise<Parse> } = {
  'app-sso': async () => {
    const { parseAppSso, unknownAppSso } = await import('../../mac/sources/app-sso/parse-app-sso.ts');
    return (text, refused) => (refused === null ? parseAppSso(text) : unknownAppSso('malformed', [refused]));
  },
  'password-policy': async () => {
    const { parsePasswordPolicy } = await import(
      '../../mac/sources/password-policy/parse-password-policy.ts'
    );
    return (text) => parsePasswordPolicy(text);
  },
  account: async () => (await import('../../mac/sources/account/parse-account.ts')).parseAccount,
  log: async () => (await import('../../mac/parse/log.ts')).parseLog,
};
const isSource = (name: string): name is ParseSource => Object.hasOwn(sources, name);

/** The names of the outputs that `parse` understands. */
export const sourceNames: readonly ParseSource[] = Object.keys(sources).filter(isSource);

export const parse: Subcommand = {
  configure(command, call) {
    command
      .argument('<source>', `one of ${sourceNames.join(', ')}`)
      .argument('[file]', 'input file; - is standard input', '-')
      .option('--json', 'print JSON (always on)')
      .addHelpText(
        'after',
        `
Parses the output of macOS and prints JSON. A prefix of each line, quotes, tags and the escapes of JSON and XML
are removed first. What it does not understand is listed in \`warnings\`; the exit
status is then 0 as well. It never prints keys, certificates, tokens or names.

Example:
  app-sso platform -s | psso-monitor parse app-sso
  psso-monitor parse password-policy policies.txt
`,
      );
    call(async () => {
      const [source = '', file = '-'] = command.processedArgs.map(String);
      if (!isSource(source))
        throw new UsageError(`there is no source "${source}"; the sources are ${sourceNames.join(', ')}.`);
      const accepted = acceptInput(await readInput(file));
      const parseText = await sources[source]();
      const refused =
        !accepted.ok && accepted.reason === 'tooLarge'
          ? `The input is larger than ${accepted.limitBytes / 1024 / 1024} MiB and was not read.`
          : null;
      const { unwrap } = await import('../../mac/parse/pasted/unwrap.ts');
      const { text, remark } = unwrap(source, accepted.ok ? accepted.text : '');
      const answer = parseText(text, refused);
      const warning = refused ?? remark;
      printJson(warning === null ? answer : withWarning(answer, warning));
      return exitStatus.done;
    });
  },
};

function withWarning(answer: ParseOutput[ParseSource], warning: string): ParseOutput[ParseSource] {
  if (answer.warnings.includes(warning)) return answer;
  return { ...answer, warnings: [...answer.warnings, warning] };
}

/** Reads the input, at most slightly more than the limit, so that an endless pipe ends. */
async function readInput(file: string): Promise<Uint8Array> {
  const stream = file === '-' ? process.stdin : createReadStream(file);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      size += bytes.byteLength;
      if (size > largestInput) break;
    }
  } catch (error) {
    const what = file === '-' ? 'standard input' : file;
    const message = `can't read ${what}: ${reasonOf(error)}`;
    // The caller named a file that is not there, as in every command.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EISDIR')
      throw new UsageError(message, { cause: error });
    throw new ProblemError(message, { cause: error });
  }
  return Buffer.concat(chunks);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder; name a file in it.';
  if (code === 'EACCES') return 'permission denied.';
  return error instanceof Error ? error.message : String(error);
}

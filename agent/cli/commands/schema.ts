import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { jsonSchemaText } from '../output/json-schema.ts';
import { publishedOutputs } from '../output/published.ts';
import { asCalled } from '../print/as-called.ts';
import { headedTable, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const schema: Subcommand = {
  configure(command, call) {
    command.argument('[name]', 'name of an output; without it, all are listed').addHelpText(
      'after',
      `
Prints the JSON Schema (draft 2020-12) of the output of a command with --json. For NDJSON it is the schema of
one line. Within a version, fields are only added; a change that could break a script gets a new version.

Example:
  psso-monitor schema
  psso-monitor schema status > status.schema.json
  psso-monitor schema parse-app-sso
`,
    );
    call(async () => {
      const [name] = command.args;
      if (name === undefined) {
        list();
        return exitStatus.done;
      }
      const published = publishedOutputs.find((one) => one.name === name);
      if (published === undefined) {
        const parts = publishedOutputs.filter((one) => one.name.startsWith(`${name}-`));
        throw new UsageError(
          parts.length > 0
            ? `"${name}" has several outputs; choose one of ${parts.map((one) => one.name).join(', ')}.`
            : `there is no schema "${name}"; \`psso-monitor schema\` lists them.`,
        );
      }
      process.stdout.write(jsonSchemaText(published));
      return exitStatus.done;
    });
  },
};

function list(): void {
  printLine(
    headedTable(
      ['Name', 'Version', 'Printed by', 'Content'],
      publishedOutputs.map(({ name, version, call, form, about }) => [
        name,
        `v${version}`,
        call,
        form === 'lines' ? `${about} (NDJSON)` : about,
      ]),
    ),
  );
  printLine(styled('dim', asCalled('To print a schema: psso-monitor schema NAME')));
}

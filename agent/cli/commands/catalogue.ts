import { catalogue } from '../../issues/catalogue.ts';
import type { CatalogueEntry } from '../../issues/catalogue-schema.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { CatalogueOutput } from '../output/catalogue.ts';
import { headedTable, printJson, printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

function reliabilityOf({ detectable, possibleCauseOf, reliability }: CatalogueEntry): string {
  if (detectable) return reliability;
  return possibleCauseOf.length > 0 ? 'possible cause' : 'not detected';
}

export const catalogueCommand: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print all fields of every entry as JSON').addHelpText(
      'after',
      `
The texts use the names of Microsoft Entra ID. \`explain\` uses those of this Mac's identity provider.

Example:
  psso-monitor catalogue
  psso-monitor catalogue --json
`,
    );
    call(async () => {
      const options = command.opts<{ json?: boolean }>();
      if (options.json) printJson([...catalogue] satisfies CatalogueOutput);
      else {
        printLine(
          headedTable(
            ['Issue', 'Severity', 'Reliability', 'macOS', 'Title'],
            catalogue.map((entry) => [
              entry.id,
              entry.severity,
              reliabilityOf(entry),
              entry.macos.below === null ? `${entry.macos.from}+` : entry.macos.from,
              entry.title,
            ]),
          ),
        );
      }
      return exitStatus.done;
    });
  },
};

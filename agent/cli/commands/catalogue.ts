import { catalogueOn } from '../../issues/catalogue.ts';
import type { CatalogueEntry } from '../../issues/catalogue-schema.ts';
import { settingsOfFile } from '../../settings/check-settings-file.ts';
import { loadOrganisation } from '../../settings/load-context.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import type { RuleLine } from '../../simulation/try-rules.ts';
import type { CatalogueOutput } from '../output/catalogue.ts';
import type { TryRulesOutput } from '../output/try-rules.ts';
import { headedTable, printJson, printJsonLine, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

function reliabilityOf({ detectable, possibleCauseOf, reliability }: CatalogueEntry): string {
  if (detectable) return reliability;
  return possibleCauseOf.length > 0 ? 'possible cause' : 'not detected';
}

interface Options {
  json?: boolean;
  try?: string;
  scenario?: string;
}

export const catalogueCommand: Subcommand = {
  configure(command, call) {
    command
      .option('--json', 'print all fields of every entry as JSON; with --try NDJSON')
      .option('--try <rules>', 'a profile, plist or JSON file with rules: print what they say in a scenario')
      .option('--scenario <file>', 'the scenario for --try')
      .addHelpText(
        'after',
        `
The texts use the names of Microsoft Entra ID. \`explain\` uses those of this Mac's identity provider. Issues
of your organisation are listed too.

--try runs the agent with the rules of a file against a simulated Mac: when the condition of each rule holds or
is unknown, and when the issue would open and close. Exit status 1 when a rule is not valid.

Example:
  psso-monitor catalogue
  psso-monitor catalogue --json
  psso-monitor catalogue --try own-rules.json --scenario scenario.ndjson
`,
      );
    call(async (global) => {
      const { json = false, try: rules, scenario } = command.opts<Options>();
      if ((rules === undefined) !== (scenario === undefined))
        throw new UsageError('--try RULES and --scenario FILE belong together.');
      if (rules !== undefined && scenario !== undefined) return await tried(rules, scenario, json);
      list(catalogueOn(await loadOrganisation(global)), json);
      return exitStatus.done;
    });
  },
};

function list(catalogue: readonly CatalogueEntry[], json: boolean): void {
  if (json) {
    printJson([...catalogue] satisfies CatalogueOutput);
    return;
  }
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

async function tried(file: string, scenarioFile: string, json: boolean): Promise<ExitStatus> {
  const [{ loadScenario }, { tryRules }] = await Promise.all([
    import('../../simulation/load-scenario.ts'),
    import('../../simulation/try-rules.ts'),
  ]);
  const { organisation, problems } = await settingsOfFile(file);
  const scenario = loadScenario(scenarioFile);
  for (const { message } of problems) process.stderr.write(`psso-monitor: ${message}\n`);
  if (organisation.own.length === 0) throw new ProblemError(`${file} has no valid rule.`);
  const lines: RuleLine[] = [];
  await tryRules(organisation, scenario, (line) => {
    lines.push(line);
    if (json)
      printJsonLine({
        ...line,
        values: { ...line.values },
        unknown: [...line.unknown],
      } satisfies TryRulesOutput);
    else printLine(`${line.at}  ${line.rule}  ${wordsOf(line)}`);
  });
  if (!json) {
    for (const { id } of organisation.own) {
      const count = (says: RuleLine['says']) =>
        lines.filter((line) => line.rule === id && line.says === says).length;
      printLine(`${id}: would open ${times(count('opens'))}, and close ${times(count('closes'))}.`);
    }
  }
  return problems.length > 0 ? exitStatus.problem : exitStatus.done;
}

function wordsOf({ says, values, unknown }: RuleLine): string {
  if (says === 'opens') return styled('red', 'would open');
  if (says === 'closes') return styled('green', 'would close');
  if (says === 'unknown') return `unknown: ${unknown.join(', ')}`;
  return `${says}: ${Object.entries(values)
    .map(([field, value]) => `${field} = ${JSON.stringify(value)}`)
    .join(', ')}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

import { installed } from '../../../launchd/installed-paths.ts';
import type { AttributeOutput } from '../../history/attribute-output.ts';
import { macAttributes } from '../../history/mac-attributes.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';
import { jamfResult } from '../print/jamf-result.ts';
import { printJson, printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

/** Each attribute as one line; empty: unknown. */
const attributes: Readonly<Record<string, (of: AttributeOutput) => string>> = {
  headline: (of) => of.headline,
  since: (of) => of.since,
  'open-issues': (of) => of.openIssues.join(' ') || 'none',
  'last-confirmed-good': (of) => of.lastConfirmedGood,
  'last-look': (of) => of.lastLook,
  agent: (of) => of.agent,
  'agent-version': (of) => of.agentVersion,
  freshness: (of) => of.freshness,
  summary: (of) => of.summary,
};
export const attributeNames: readonly string[] = Object.keys(attributes);
export const formats = ['plain', 'jamf'] as const;
/** In characters. Inventories cut longer values, some of them inside a character. */
const longest = 240;

export const attribute: Subcommand = {
  reads: 'history',
  coversAllUsers: () => true,
  configure(command, call) {
    command
      .argument('[name]', `one of ${Object.keys(attributes).join(', ')}`, 'summary')
      .option(
        '--as <format>',
        `${formats.join(' or ')}: jamf prints <result>, with dates in the form of Jamf Pro`,
        'plain',
      )
      .option('--json', 'print all attributes as JSON')
      .addHelpText(
        'after',
        `
Prints one word or line for extension attributes, custom attributes and conditions. As root it covers all
users whose agent polled within a day and prints the worst state; otherwise it covers you. An unknown state
is printed as "unknown", "silent" means no poll for a day, and "none" means no history. Exit status 0 always.

Example:
  sudo "${installed.command}" attribute headline
  sudo "${installed.command}" attribute last-confirmed-good --as jamf
`,
      );
    call(async (global) => {
      const options = command.opts<{ as: string; json?: boolean }>();
      const [name = 'summary'] = command.args;
      const print = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (print === undefined)
        throw new UsageError(
          `there is no attribute "${name}"; there are ${Object.keys(attributes).join(', ')}.`,
        );
      if (!formats.some((format) => format === options.as))
        throw new UsageError(`--as takes ${formats.join(' or ')}, not "${options.as}".`);
      const { coveredUsers } = await import('../../history/users-of-this-mac.ts');
      const of = macAttributes(await coveredUsers(global, process.argv[1] ?? ''), Date.now());
      if (options.json === true) printJson(of satisfies AttributeOutput);
      else {
        const line = sanitiseLine(print(of), longest);
        printLine(options.as === 'jamf' ? jamfResult(line) : line);
      }
      return exitStatus.done;
    });
  },
};

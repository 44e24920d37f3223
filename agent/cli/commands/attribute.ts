import { existsSync } from 'node:fs';
import { installed } from '../../../launchd/installed-paths.ts';
import type { AttributeOutput } from '../../history/attribute-output.ts';
import { macAttributes, type UserState } from '../../history/mac-attributes.ts';
import { below } from '../../mac/sysroot.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { pathsOf } from '../../shared/paths.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';
import { StoreError } from '../../store/errors.ts';
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
  summary: (of) => of.summary,
};
export const attributeNames: readonly string[] = Object.keys(attributes);
export const formats = ['plain', 'jamf'] as const;
/** In characters. Inventories cut longer values, some of them inside a character. */
const longest = 240;

export const attribute: Subcommand = {
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
      const of = macAttributes(await usersOf(global), Date.now());
      if (options.json === true) printJson(of satisfies AttributeOutput);
      else {
        const line = sanitiseLine(print(of), longest);
        printLine(options.as === 'jamf' ? jamf(line) : line);
      }
      return exitStatus.done;
    });
  },
};

async function usersOf(global: GlobalOptions): Promise<readonly UserState[]> {
  const { ownState, stateOfAllUsers } = await import('../../history/users-of-this-mac.ts');
  if (process.getuid?.() === 0 && global.dataDir === undefined) {
    const users = below(global.sysroot ?? null, '/Users');
    return existsSync(users) ? await stateOfAllUsers(users, process.argv[1] ?? '') : [];
  }
  const { database } = pathsOf(global);
  try {
    return [ownState(database)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // An unreadable history is unknown, not missing.
    return error.code === 'missing' ? [] : [{ state: [], issues: [], lastPollAt: null, agentVersion: '' }];
  }
}

const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/;

/** Formats an instant as Jamf Pro's attributes of type Date need it, in UTC; escapes any other line. */
function jamf(line: string): string {
  const [, day, time] = instant.exec(line) ?? [];
  const text = day === undefined ? line : `${day} ${time}`;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<result>${escaped}</result>`;
}

import type { Command, Option } from 'commander';
import { commandTree } from '../agent/cli/main.ts';
import { preferencesDomain } from '../agent/settings/read-settings.ts';
import { version } from '../agent/shared/version.ts';
import { installed } from '../launchd/installed-paths.ts';
import { argument, literal, sentences, terms, text } from './mdoc.ts';

/** The files that admins and the helpdesk use; their names are a contract (docs/contracts.md). */
const files: readonly (readonly [path: string, meaning: string])[] = [
  ['~/Library/Application Support/PSSO Monitor/events.db', 'The history: SQLite, only for its user.'],
  ['~/Library/Application Support/PSSO Monitor/state.plist', 'The present state, for other programs.'],
  ['~/Library/Application Support/PSSO Monitor/settings.json', "The user's own settings."],
  ['~/Library/Logs/PSSO Monitor/agent.log', "The agent's log, one JSON document a line."],
  [
    `/Library/Managed Preferences/${preferencesDomain}.plist`,
    'The managed settings; a folder with the name of the user may contain more of them.',
  ],
  [installed.folder, 'The program, its licences, and pages for admins.'],
  [`${installed.folder}/share/uninstall.sh`, 'Removes the program.'],
  [installed.launchAgent, "Starts the agent in every user's session."],
];

const environment: readonly (readonly [name: string, meaning: string])[] = [
  ['NO_COLOR', 'Prints without colours. By default only a terminal gets colours.'],
  ['FORCE_COLOR', 'Prints colours also without a terminal.'],
  ['TZ', 'The time zone of printed times. JSON has UTC.'],
  ['XDG_STATE_HOME', 'On other systems than macOS, the parent folder of the data folder.'],
];

export const examples: readonly (readonly [what: string, command: string])[] = [
  ['The state of sign-in on this Mac:', 'psso-monitor status'],
  ['The events of the last two days:', 'psso-monitor events --since 2d'],
  ['An issue, and how to fix it:', 'psso-monitor explain registration-needs-repair'],
  ['A check of the agent itself:', 'psso-monitor doctor'],
  ['An archive for a support case, without names and keys:', 'psso-monitor diagnose'],
  ['The events of a week for a script:', 'psso-monitor events --since 1w --json > week.ndjson'],
];

/**
 * The manual page `psso-monitor.1`, in mdoc(7), from the definition of the command line. `builtAt` is the
 * date in its footer, in seconds, UTC. Equal input gives an equal page.
 */
export async function manPage(of: { readonly version: string; readonly builtAt: number }): Promise<string> {
  const program = await commandTree();
  return `${[
    `.\\" Made from the command line of psso-monitor ${of.version}.`,
    `.Dd ${day(of.builtAt)}`,
    '.Dt PSSO-MONITOR 1',
    `.Os ${argument(`PSSO Monitor ${of.version}`)}`,
    '.Sh NAME',
    '.Nm psso-monitor',
    '.Nd watch Platform SSO on a Mac, and keep its history',
    '.Sh SYNOPSIS',
    '.Nm',
    ...program.options.map((option) => `.Op ${flagsOf(option)}`),
    '.Ar command',
    '.Op Ar ...',
    '.Nm',
    '.Cm help',
    '.Op Ar command',
    '.Sh DESCRIPTION',
    ...sentences(program.description()),
    "launchd starts an agent in every user's session.",
    'The commands read, explain and export its history.',
    'The agent sends nothing from the Mac.',
    '.Pp',
    'Every command accepts these options, before or after its name:',
    ...optionList(program.options),
    '.Pp',
    'The schemas of the outputs of',
    '.Fl \\-json',
    'are printed by',
    '.Nm',
    '.Cm schema .',
    '.Sh COMMANDS',
    ...program.commands.flatMap((command) => described(command, program)),
    '.Sh ENVIRONMENT',
    ...terms(environment.map(([name, meaning]) => [`Ev ${name}`, sentences(meaning)])),
    '.Sh FILES',
    ...terms(files.map(([path, meaning]) => [`Pa ${argument(path)}`, sentences(meaning)])),
    '.Sh EXIT STATUS',
    ...terms([
      ['0', ['Done.']],
      ['1', ['A problem was found, such as an open issue, or the command failed.']],
      ['2', ['Wrong usage.']],
    ]),
    '.Sh EXAMPLES',
    ...examples.flatMap(([what, command]) => [text(what), ...literal([command])]),
    '.Sh SEE ALSO',
    '.Xr app\\-sso 1 ,',
    '.Xr log 1 ,',
    '.Xr sqlite3 1 ,',
    '.Xr launchd.plist 5',
    '.Pp',
    'Pages for admins are in',
    `.Pa ${argument(`${installed.folder}/share/docs`)} .`,
  ].join('\n')}\n`;
}

function described(command: Command, program: Command): string[] {
  const everywhere = program.options.map((option) => option.long);
  const own = command.options.filter((option) => !option.hidden && !everywhere.includes(option.long));
  const given = command.registeredArguments.map((one) => {
    const words = `Ar ${argument(one.name())}${one.variadic ? ' ...' : ''}`;
    return one.required ? `.${words}` : `.Op ${words}`;
  });
  const { prose, example } = afterHelp(command);
  return [
    `.Ss ${argument(command.name())}`,
    `.Nm Cm ${argument(command.name())}`,
    ...given,
    ...(own.length > 0 ? ['.Op Ar option ...'] : []),
    '.Pp',
    ...sentences(command.description()),
    ...prose.flatMap((paragraph) => ['.Pp', ...sentences(paragraph)]),
    ...argumentList(command),
    ...(own.length > 0 ? optionList(own) : []),
    ...literal(example),
  ];
}

function argumentList(command: Command): string[] {
  const explained = command.registeredArguments.filter((one) => one.description !== '');
  if (explained.length === 0) return [];
  return terms(explained.map((one) => [`Ar ${argument(one.name())}`, [sentence(one.description)]]));
}

function optionList(options: readonly Option[]): string[] {
  return terms(
    options.map((option) => {
      const otherwise: unknown = option.defaultValue;
      const fallback = typeof otherwise === 'string' ? [text(`By default ${otherwise}.`)] : [];
      return [flagsOf(option), [sentence(option.description), ...fallback]];
    }),
  );
}

function sentence(words: string): string {
  return text(`${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`);
}

/** `--kind <kind...>` as macros. */
function flagsOf(option: Option): string {
  const [, place, dots = ''] = /[<[]([^\]>.]+)(\.\.\.)?[\]>]/.exec(option.flags) ?? [];
  const flags = [option.short, option.long].flatMap((flag) =>
    flag === undefined ? [] : [`Fl ${argument(flag.slice(1))}`],
  );
  const value = place === undefined ? '' : ` Ar ${argument(place)}${dots === '' ? '' : ' ...'}`;
  return flags.join(' , ') + value;
}

/** The help below the options: its paragraphs, and the lines of its example. */
function afterHelp(command: Command): { prose: string[]; example: string[] } {
  let printed = '';
  command.configureOutput({
    writeOut: (words) => {
      printed += words;
    },
  });
  command.outputHelp();
  const after = printed.slice(command.helpInformation().length);
  const [before = '', shown = ''] = after.split(/^Example:$/m);
  return {
    prose: before
      .split(/\n{2,}/)
      .map((paragraph) => paragraph.trim().replaceAll(/\s*\n\s*/g, ' '))
      .filter(Boolean),
    example: shown
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  };
}

function day(seconds: number): string {
  const options = { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-US', options).format(new Date(seconds * 1000));
}

/** On Linux `npm run -s man-page | man -l -` shows it, on a Mac `npm run -s man-page | mandoc | less`. */
if (import.meta.main) process.stdout.write(await manPage({ version, builtAt: Date.now() / 1000 }));

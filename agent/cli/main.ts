// cli/: the command line. `commands/` has one file a command, which parses options, calls a folder below and
// prints; `output/` has the shapes of `--json`. `main` reads the arguments and returns the exit status.

import { Command, CommanderError } from 'commander';
import { UsageError } from '../shared/errors.ts';
import { exitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { versionText } from '../shared/version.ts';
import { asCalled } from './print/as-called.ts';
import { allowBrokenPipe } from './print/broken-pipe.ts';
import { printHelp, printMessage } from './print/print.ts';
import { reportError } from './print/report-error.ts';
import { printToStandardError } from './print/standard-output.ts';
import type { Subcommand } from './subcommand.ts';

interface Listed {
  readonly summary: string;
  /** Started by another command only; the help does not list it. */
  readonly hidden?: true;
  readonly load: () => Promise<Subcommand>;
}

/** A command's code is loaded when the command is called, so that `run` loads only what it needs. */
const subcommands: Readonly<Record<string, Listed>> = {
  run: {
    summary: 'watch this Mac in the foreground',
    load: async () => (await import('./commands/run.ts')).run,
  },
  once: {
    summary: 'poll this Mac once and record the result',
    load: async () => (await import('./commands/once.ts')).once,
  },
  status: {
    summary: 'print the state of sign-in on this Mac',
    load: async () => (await import('./commands/status.ts')).status,
  },
  events: {
    summary: 'list recorded events',
    load: async () => (await import('./commands/events.ts')).events,
  },
  issues: {
    summary: 'list issues of this Mac',
    load: async () => (await import('./commands/issues.ts')).issues,
  },
  sync: {
    summary: 'list token cycles with due time, prompt and lag',
    load: async () => (await import('./commands/sync.ts')).sync,
  },
  explain: {
    summary: 'explain an issue: evidence, causes, remedies, links',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  validate: {
    summary: 'prove on a pilot Mac that a roll-out works',
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  silence: {
    summary: 'mute notifications for an issue',
    load: async () => (await import('./commands/silence.ts')).silence,
  },
  catalogue: {
    summary: 'list known issues',
    load: async () => (await import('./commands/catalogue.ts')).catalogueCommand,
  },
  parse: {
    summary: 'parse the output of a macOS command into JSON',
    load: async () => (await import('./commands/parse.ts')).parse,
  },
  replay: {
    summary: 'run a scenario on a simulated Mac in virtual time',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  simulate: {
    summary: 'make a simulated Mac below a folder, and change it',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  demo: {
    summary: 'show on a simulated Mac how sign-in breaks and is repaired',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  export: {
    summary: 'export the history as SQLite, NDJSON or CSV',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  'read-copy': {
    summary: "read a copy of a user's database for export --all-users",
    hidden: true,
    load: async () => (await import('./commands/read-copy.ts')).readCopy,
  },
  report: {
    summary: 'write an HTML report of the history',
    load: async () => (await import('./commands/report.ts')).report,
  },
  attribute: {
    summary: 'print one-line status for MDM extension attributes',
    load: async () => (await import('./commands/attribute.ts')).attribute,
  },
  advice: {
    summary: 'print advice for the user',
    load: async () => (await import('./commands/advice.ts')).advice,
  },
  fleet: {
    summary: 'summarise the databases of many Macs',
    load: async () => (await import('./commands/fleet.ts')).fleet,
  },
  'read-fleet': {
    summary: 'read databases for fleet',
    hidden: true,
    load: async () => (await import('./commands/read-fleet.ts')).readFleet,
  },
  doctor: {
    summary: 'check the installation and report problems',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  'probe-hosts': {
    summary: 'connect to the hosts that Platform SSO needs, for the agent',
    hidden: true,
    load: async () => (await import('./commands/probe-hosts.ts')).probeHostsCommand,
  },
  diagnose: {
    summary: 'collect a redacted archive for a support case',
    load: async () => (await import('./commands/diagnose.ts')).diagnose,
  },
  capture: {
    summary: 'save this Mac as a redacted scenario',
    load: async () => (await import('./commands/capture.ts')).capture,
  },
  config: {
    summary: 'print effective settings and their origin',
    load: async () => (await import('./commands/config.ts')).config,
  },
  notify: {
    summary: 'show a test notification',
    load: async () => (await import('./commands/notify.ts')).notify,
  },
  schema: {
    summary: "print the JSON Schema of a command's output",
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  completion: {
    summary: 'print a shell completion script',
    load: async () => (await import('./commands/completion.ts')).completion(commandTree),
  },
  version: {
    summary: 'print the version',
    load: async () => (await import('./commands/version.ts')).versionCommand,
  },
};

function addGlobalOptions(command: Command): Command {
  return command
    .option('--sysroot <dir>', 'read macOS commands and system files below this folder (a simulated Mac)')
    .option('--data-dir <dir>', 'use the database in this folder');
}

/** The index of the command: the first word that is neither an option nor its value; -1: there is none. */
function commandAt(args: readonly string[]): number {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--sysroot' || arg === '--data-dir') index++;
    else if (!arg.startsWith('-')) return index;
  }
  return -1;
}

/** Turns `help status` into `status --help`. An unknown command stays, so that its error is printed. */
function withHelpAsOption(args: readonly string[]): readonly string[] {
  const at = commandAt(args);
  const about = args[at + 1];
  if (at === -1 || args[at] !== 'help' || about === undefined || about.startsWith('-')) return args;
  return [...args.slice(0, at), about, ...(Object.hasOwn(subcommands, about) ? ['--help'] : [])];
}

/** `-v` and `-V` alone. Commander has one short form of an option, and people try both. */
function isVersionFlag([first, ...rest]: readonly string[]): boolean {
  return rest.length === 0 && (first === '-v' || first === '-V');
}

function addReadingOptions(command: Command, { reads }: Subcommand): Command {
  if (reads === undefined) return command;
  command.option('--user <user>', 'as root: read as this user; default: the user at the console');
  if (reads === 'history')
    command.option('--database <file>', 'read this copy of a database, or the one in this folder');
  return command;
}

/** The global options of a call that reads a history. As root, the rights of a user replace root's here. */
async function optionsToRead(
  { reads, coversAllUsers }: Subcommand,
  given: GlobalOptions & Readonly<Record<string, unknown>>,
): Promise<GlobalOptions> {
  const { user, database, dataDir } = given;
  if (user !== undefined && (database !== undefined || dataDir !== undefined))
    throw new UsageError(
      `--user and ${database === undefined ? '--data-dir' : '--database'} each name a history; choose one.`,
    );
  const asRoot = process.geteuid?.() === 0 && database === undefined && dataDir === undefined;
  if (reads === undefined || (user === undefined && (!asRoot || coversAllUsers?.(given) === true)))
    return given;
  const { becomeUser } = await import('../history/become-user.ts');
  return await becomeUser(given, printToStandardError);
}

function newProgram(): Command {
  return addGlobalOptions(new Command('psso-monitor'))
    .description('Watches Platform SSO on a Mac, records its history, and notifies the user when it breaks.')
    .version(versionText(), '--version', 'print the version');
}

function addCommand(program: Command, name: string, listed: Listed): Command {
  return program
    .command(name, { hidden: listed.hidden === true })
    .description(`${listed.summary.charAt(0).toUpperCase()}${listed.summary.slice(1)}.`)
    .summary(listed.summary);
}

/** The command line without its hidden commands, for completion and the man page. Its commands do nothing. */
export async function commandTree(): Promise<Command> {
  const program = newProgram();
  for (const [name, listed] of Object.entries(subcommands)) {
    if (listed.hidden) continue;
    const command = addGlobalOptions(addCommand(program, name, listed));
    const subcommand = await listed.load();
    subcommand.configure(command, () => {});
    addReadingOptions(command, subcommand);
  }
  return program;
}

/** The names of the commands that another command starts. */
export function hiddenCommands(): string[] {
  return Object.entries(subcommands).flatMap(([name, { hidden }]) => (hidden ? [name] : []));
}

/**
 * Runs the command line. Resolves to the exit status: 0 done, 1 a problem was found, 2 wrong usage. Prints an
 * expected error as one line on standard error: what failed, then what to do.
 */
export async function main(given: readonly string[]): Promise<number> {
  const args = withHelpAsOption(isVersionFlag(given) ? ['--version'] : given);
  allowBrokenPipe();
  let status: number = exitStatus.done;
  const program = newProgram()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => printHelp(asCalled(text)),
      writeErr: (text) => printMessage(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, 'psso-monitor: ')),
    })
    .showHelpAfterError(
      asCalled('(psso-monitor --help lists the commands; psso-monitor COMMAND --help explains one)'),
    )
    .addHelpText('after', '\nExample:\n  psso-monitor status\n');

  const called = args[commandAt(args)];
  for (const [name, listed] of Object.entries(subcommands)) {
    const command = addCommand(program, name, listed);
    if (name !== called) continue;
    addGlobalOptions(command).exitOverride();
    const subcommand = await listed.load();
    subcommand.configure(command, (action) => {
      command.action(async () => {
        status = await action(await optionsToRead(subcommand, command.optsWithGlobals()));
      });
    });
    addReadingOptions(command, subcommand);
  }

  try {
    if (args.length === 0) {
      program.outputHelp();
      return exitStatus.usage;
    }
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    // Commander has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
    const place = program.commands.find((one) => one.name() === called)?.optsWithGlobals();
    return reportError(error, (text) => printMessage(asCalled(text, place)));
  }
}

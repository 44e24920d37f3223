import { Command, CommanderError } from 'commander';
import { exitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { allowBrokenPipe } from './print/broken-pipe.ts';
import { reportError } from './print/report-error.ts';
import type { Subcommand } from './subcommand.ts';

interface Listed {
  readonly summary: string;
  /** Started by another command, and listed nowhere. */
  readonly hidden?: true;
  readonly load: () => Promise<Subcommand>;
}

/** A command's code is loaded when it is called: `run` carries nothing that it doesn't need. */
const subcommands: Readonly<Record<string, Listed>> = {
  run: {
    summary: 'watch this Mac until told to stop',
    load: async () => (await import('./commands/run.ts')).run,
  },
  once: {
    summary: 'look at this Mac once, and record it',
    load: async () => (await import('./commands/once.ts')).once,
  },
  status: {
    summary: 'say how sign-in on this Mac is',
    load: async () => (await import('./commands/status.ts')).status,
  },
  events: {
    summary: 'list what happened, and when',
    load: async () => (await import('./commands/events.ts')).events,
  },
  issues: {
    summary: 'list the issues of this Mac',
    load: async () => (await import('./commands/issues.ts')).issues,
  },
  sync: {
    summary: 'list the password windows, and how late each sync was',
    load: async () => (await import('./commands/sync.ts')).sync,
  },
  explain: {
    summary: 'all about one issue on this Mac: evidence, remedies, links',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  silence: {
    summary: 'hear nothing of one issue for a while',
    load: async () => (await import('./commands/silence.ts')).silence,
  },
  catalogue: {
    summary: 'list the issues that are known',
    load: async () => (await import('./commands/catalogue.ts')).catalogueCommand,
  },
  parse: {
    summary: "understand one command's output, as JSON",
    load: async () => (await import('./commands/parse.ts')).parse,
  },
  replay: {
    summary: 'run a scenario on a simulated Mac, in virtual time',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  simulate: {
    summary: 'make a simulated Mac below a folder, and change it',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  demo: {
    summary: 'show a working day on a simulated Mac, step by step',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  export: {
    summary: 'copy what is recorded, as SQLite, NDJSON or CSV',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  'read-copy': {
    summary: "read a copy of somebody's database, for export --all-users",
    hidden: true,
    load: async () => (await import('./commands/read-copy.ts')).readCopy,
  },
  report: {
    summary: 'make a page of the history, to look at, print or pass on',
    load: async () => (await import('./commands/report.ts')).report,
  },
  attribute: {
    summary: 'this Mac in one word, for inventories and conditions',
    load: async () => (await import('./commands/attribute.ts')).attribute,
  },
  advice: {
    summary: 'for the user: how work sign-in is, and what to do',
    load: async () => (await import('./commands/advice.ts')).advice,
  },
  fleet: {
    summary: 'one report of the databases of many Macs',
    load: async () => (await import('./commands/fleet.ts')).fleet,
  },
  'read-fleet': {
    summary: 'read databases for fleet',
    hidden: true,
    load: async () => (await import('./commands/read-fleet.ts')).readFleet,
  },
  doctor: {
    summary: 'look whether everything is in order, and say what to do',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  diagnose: {
    summary: 'put together what a support case needs, without names and keys',
    load: async () => (await import('./commands/diagnose.ts')).diagnose,
  },
  capture: {
    summary: 'this Mac as a scenario, with every name and key replaced',
    load: async () => (await import('./commands/capture.ts')).capture,
  },
  config: {
    summary: 'the settings in force, and where each comes from',
    load: async () => (await import('./commands/config.ts')).config,
  },
  notify: {
    summary: 'try the notification channel',
    load: async () => (await import('./commands/notify.ts')).notify,
  },
  schema: {
    summary: 'print the JSON Schema of what a command prints',
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  completion: {
    summary: 'print a script that lets your shell complete commands',
    load: async () => (await import('./commands/completion.ts')).completion(commandTree),
  },
  version: {
    summary: 'print the version',
    load: async () => (await import('./commands/version.ts')).versionCommand,
  },
};

function addGlobalOptions(command: Command): Command {
  return command
    .option(
      '--sysroot <dir>',
      'look up every macOS command and system file below this folder (a simulated Mac)',
    )
    .option('--data-dir <dir>', 'keep the database in this folder, or read it from there');
}

/** Where the first word is that is no option, past the values of the global options; -1: nowhere. */
function commandAt(args: readonly string[]): number {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--sysroot' || arg === '--data-dir') index++;
    else if (!arg.startsWith('-')) return index;
  }
  return -1;
}

/** `help status` as `status --help`: one help, however it is asked for. Of a word that is no command, the error. */
function withHelpAsOption(args: readonly string[]): readonly string[] {
  const at = commandAt(args);
  const about = args[at + 1];
  if (at === -1 || args[at] !== 'help' || about === undefined || about.startsWith('-')) return args;
  return [...args.slice(0, at), about, ...(Object.hasOwn(subcommands, about) ? ['--help'] : [])];
}

function newProgram(): Command {
  return addGlobalOptions(new Command('psso-monitor')).description(
    'Watches Platform SSO on a Mac, keeps its history, and says kindly what to do when it breaks.',
  );
}

function addCommand(program: Command, name: string, listed: Listed): Command {
  return program
    .command(name, { hidden: listed.hidden === true })
    .description(`${listed.summary.charAt(0).toUpperCase()}${listed.summary.slice(1)}.`)
    .summary(listed.summary);
}

/** The whole command line but for what is hidden, for those who describe it; its commands do nothing. */
export async function commandTree(): Promise<Command> {
  const program = newProgram();
  for (const [name, listed] of Object.entries(subcommands)) {
    if (listed.hidden) continue;
    const command = addGlobalOptions(addCommand(program, name, listed));
    (await listed.load()).configure(command, () => {});
  }
  return program;
}

/**
 * Runs the command line. Answers the exit status: 0 done, 1 a problem was found, 2 wrong usage. Errors become one line
 * on standard error that says what was wrong and what to do.
 */
export async function main(given: readonly string[]): Promise<number> {
  const args = withHelpAsOption(given);
  allowBrokenPipe();
  let status: number = exitStatus.done;
  const program = newProgram()
    .exitOverride()
    .showHelpAfterError('(psso-monitor --help lists the commands; psso-monitor COMMAND --help explains one)')
    .addHelpText('after', '\nExample:\n  psso-monitor status\n');

  const called = args[commandAt(args)];
  for (const [name, listed] of Object.entries(subcommands)) {
    const command = addCommand(program, name, listed);
    if (name !== called) continue;
    addGlobalOptions(command).exitOverride();
    const subcommand = await listed.load();
    subcommand.configure(command, (action) => {
      command.action(async () => {
        status = await action(command.optsWithGlobals<GlobalOptions>());
      });
    });
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
    return reportError(error);
  }
}

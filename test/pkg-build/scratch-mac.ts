import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { recordedCalls } from '../../agent/simulation/recorded-calls.ts';
import { packageIdentifier } from '../../launchd/installed-paths.ts';
import type { Ran } from '../helpers/cli.ts';
import { realTool } from './real-tool.ts';
import { scratchCommands } from './scratch-commands.ts';
import { asOnTheMac, inScratch } from './scratch-paths.ts';

export interface Account {
  readonly uid: number;
  readonly user: string;
  /** Its path on the Mac; /Users/NAME unless given. */
  readonly home?: string;
}

/**
 * The shells of the tests. macOS's sh is bash 3.2; /private/var/select/sh can make it dash. posh refuses
 * nearly all syntax that bash 3.2 can't parse.
 */
export const shells = ['dash', 'bash --posix', 'posh'] as const;
export type Shell = (typeof shells)[number];
export type Script = 'preinstall' | 'postinstall' | 'uninstall.sh' | 'check-on-mac.sh';

/** A script that takes more milliseconds hangs: ten times what the longest one takes. */
const hangs = 500_000;

/** Throws the error of a script that did not start, or that was ended because it hangs. */
function ended<Ran extends { readonly error?: Error }>(ran: Ran): Ran {
  if (ran.error !== undefined) throw ran.error;
  return ran;
}

/** How launchd behaves in one session. The scratch Mac's seconds pass only while a script sleeps. */
export interface LaunchdBehaviour {
  /** Seconds from bootout to the end of the agent. */
  readonly bootoutTakes?: number;
  /** The number of bootstraps that fail with 5 before one succeeds. */
  readonly refusals?: number;
  /** The bootstraps that fail still load the agent. */
  readonly loadsAnyway?: boolean;
  /** The user switched it off; the value is the word in `launchctl print-disabled`. */
  readonly disabled?: 'disabled' | 'true';
  readonly kickstartFails?: boolean;
}

/** The path of the shell's program, and its options. */
export function shellCommand(shell: string): readonly [string, ...string[]] {
  const [program = shell, ...options] = shell.split(' ');
  return [realTool(program), ...options];
}

const commandFolders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

const homeOf = ({ user, home = `/Users/${user}` }: Account) => home;

const checkout = fileURLToPath(new URL('../..', import.meta.url));

function write(file: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  // A command may be a link to a program of this machine, which keeps its content.
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(file);
  writeFileSync(file, content);
  chmodSync(file, mode);
}

function createFolders(root: string, state: string): void {
  for (const folder of ['Library/LaunchAgents', 'Library/Application Support', 'usr/local/bin', 'Users'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const folder of [
    'sessions',
    'loaded',
    'ends',
    'starts',
    'takes',
    'refusals',
    'anyway',
    'disabled',
    'unkickable',
  ])
    mkdirSync(join(state, 'launchd', folder), { recursive: true });
  for (const folder of ['users', 'receipts']) mkdirSync(join(state, folder));
  for (const [file, content] of Object.entries({ seconds: '0', uid: '0', owners: '', calls: '' }))
    write(join(state, file), content);
}

function installCommands(root: string, state: string, shell: Shell, recordsAll: boolean): void {
  // posh lacks the option -s of macOS's sh.
  const sh = shellCommand(shell === 'posh' ? 'bash --posix' : shell);
  for (const [command, how] of scratchCommands(state, sh, recordsAll)) {
    const file = join(root, command);
    if ('script' in how) write(file, how.script, 0o755);
    else {
      mkdirSync(dirname(file), { recursive: true });
      symlinkSync(how.program, file);
    }
  }
  if (shell !== 'posh') return;
  // printf is a builtin of macOS's sh.
  mkdirSync(join(root, 'nowhere'));
  symlinkSync(realTool('printf'), join(root, 'nowhere/printf'));
}

/** The accounts of macOS and these, each with a home folder. */
function createAccounts(root: string, state: string, accounts: readonly Account[]): void {
  const ofMacos: readonly Account[] = [
    { uid: 0, user: 'root', home: '/var/root' },
    { uid: 248, user: '_mbsetupuser' },
  ];
  for (const account of [...ofMacos, ...accounts]) {
    const { uid, user } = account;
    const home = join(root, homeOf(account));
    mkdirSync(home, { recursive: true });
    write(join(state, 'users', user), `${uid} ${home}\n`);
    if (uid >= 500) writeFileSync(join(state, 'owners'), `${uid} ${home}\n`, { flag: 'a' });
  }
}

/** The login window, and a window session of each account. The first one has the console. */
function openSessions(state: string, sessions: readonly Account[]): void {
  const processes = [
    '    0 /sbin/launchd',
    '    0 /System/Library/CoreServices/loginwindow.app/Contents/MacOS/loginwindow',
  ];
  for (const { uid } of sessions) {
    write(join(state, 'launchd/sessions', String(uid)), '');
    for (const name of ['Finder', 'Dock'])
      processes.push(`  ${uid} /System/Library/CoreServices/${name}.app/Contents/MacOS/${name}`);
  }
  write(join(state, 'console'), `${sessions[0]?.uid ?? 0}\n`);
  write(join(state, 'processes'), `${processes.join('\n')}\n`);
}

/** Writes each file beside its place, then renames it. Returns the paths below `payloadRoot`. */
function copyPayload(payloadRoot: string, volumeRoot: string): string[] {
  const entries = readdirSync(payloadRoot, { recursive: true, withFileTypes: true });
  return entries.map((entry) => {
    const from = join(entry.parentPath, entry.name);
    const name = relative(payloadRoot, from);
    const to = join(volumeRoot, name);
    if (entry.isDirectory()) mkdirSync(to, { recursive: true });
    else {
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(from, `${to}.new`);
      chmodSync(`${to}.new`, statSync(from).mode & 0o7777);
      renameSync(`${to}.new`, to);
    }
    return name;
  });
}

/** Each call of a command: its name and its arguments. */
function callsOf(root: string, state: string): string[][] {
  const calls = recordedCalls(readFileSync(join(state, 'calls'), 'utf8'));
  return calls.map((call) => call.map((word) => asOnTheMac(word, root)));
}

/**
 * A Mac to install on: a folder with the folders of a Mac, the commands that the scripts call, sessions, and
 * a small launchd. The folder is deleted when the test ends. Its clock advances only while a script sleeps.
 */
export function scratchMac(
  given: {
    sessions?: readonly Account[];
    /** Users with an account and no session. */
    others?: readonly Account[];
    /** The shell that runs the scripts, and their `/bin/sh`. */
    shell?: Shell;
    /** Whether `calls` has the calls of commands that only read, such as `grep`. */
    recordsAll?: boolean;
  } = {},
) {
  const { sessions = [], others = [], shell = 'bash --posix', recordsAll = false } = given;
  const home = sessions[0] === undefined ? '/var/root' : homeOf(sessions[0]);
  // Without the product's name: a test searches the Mac for paths that contain it.
  const root = mkdtempSync(join(tmpdir(), 'scratch-mac-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const state = join(root, '.scratch');
  const path = (onTheMac: string) => join(root, onTheMac);

  createFolders(root, state);
  installCommands(root, state, shell, recordsAll);
  createAccounts(root, state, [...sessions, ...others]);
  openSessions(state, sessions);

  const seconds = () => Number(readFileSync(join(state, 'seconds'), 'utf8'));
  const launchd = (what: string, uid: number) => join(state, 'launchd', what, String(uid));

  /** Copies scripts with the paths of the scratch Mac, and other files unchanged. */
  function copyParts(from: string, to: string): void {
    for (const name of readdirSync(from)) {
      const text = readFileSync(join(from, name), 'utf8');
      write(join(to, name), name.endsWith('.sh') ? inScratch(text, root) : text);
    }
  }

  /** A shipped script as it runs here, with what it reads beside itself. */
  function copyOf(script: Script): { file: string; ofInstaller: boolean } {
    const ofInstaller = script === 'preinstall' || script === 'postinstall';
    const folder = join(checkout, ofInstaller ? 'pkg-build/installer' : 'scripts');
    const scripts = join(state, 'scripts');
    for (const name of ofInstaller ? readdirSync(folder) : [script])
      write(join(scripts, name), inScratch(readFileSync(join(folder, name), 'utf8'), root), 0o755);
    if (script === 'check-on-mac.sh') copyParts(join(folder, 'on-mac'), join(scripts, 'on-mac'));
    return { file: join(scripts, script), ofInstaller };
  }

  /** What the scripts call by name alone is to be found nowhere else than on the scratch Mac. */
  const surroundings = () => ({ cwd: root, env: { PATH: path('/nowhere'), HOME: path(home) } });
  function callOf(script: string, args: readonly string[]): [program: string, args: string[]] {
    const [program, ...flags] = shellCommand(shell);
    // Under `set -u`, posh refuses a "$@" without arguments, which bash 3.2 takes. The scripts pass over an
    // empty argument.
    const words = shell === 'posh' && args.length === 0 ? [''] : args;
    return [program, [...flags, script, ...words.map((one) => inScratch(one, root))]];
  }

  function runCopy(script: string, args: readonly string[]): Ran {
    const ran = ended(
      spawnSync(...callOf(script, args), { ...surroundings(), encoding: 'utf8', timeout: hangs }),
    );
    return {
      status: ran.status,
      stdout: asOnTheMac(ran.stdout, root),
      stderr: asOnTheMac(ran.stderr, root),
    };
  }

  function copyOfPuller(script: string): string {
    const copy = join(state, 'scripts', script);
    write(copy, inScratch(readFileSync(join(checkout, 'scripts', script), 'utf8'), root), 0o755);
    return copy;
  }

  return {
    root,
    /** The path on this machine of a path of the Mac. */
    path,
    /** Writes a file of the Mac. */
    write: (onTheMac: string, content: string, mode = 0o644) => write(path(onTheMac), content, mode),
    exists: (onTheMac: string) => existsSync(path(onTheMac)),

    /**
     * Installs as the Installer does: writes each file beside its place, renames it, keeps all other files,
     * and leaves a receipt. `volume` is the mount point of another volume.
     */
    install(payloadRoot: string, volume = '/'): void {
      const names = copyPayload(payloadRoot, path(volume));
      if (volume === '/') write(join(state, 'receipts', packageIdentifier), `${names.sort().join('\n')}\n`);
    },

    /** Runs a copy of a shipped script (scratch-paths.ts), by default with the arguments of the Installer. */
    runScript(script: Script, args?: readonly string[]): Ran {
      const copy = copyOf(script);
      const defaults = copy.ofInstaller ? ['/tmp/psso-monitor.pkg', '/', '/'] : [];
      return runCopy(copy.file, args ?? defaults);
    },

    /**
     * Runs a step of the workflow, `scripts/ci/NAME`, with `.scratch` for a checkout. PATH contains the
     * commands of the scratch Mac. The Installer's scripts are put where the Mac's `installer` finds them.
     */
    runStep(name: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Ran {
      for (const script of ['check-on-mac.sh', 'preinstall'] as const) copyOf(script);
      copyParts(join(checkout, 'scripts/ci'), join(state, 'scripts/ci'));
      const folders = commandFolders.map(path).join(delimiter);
      const ran = ended(
        spawnSync(...callOf(join(state, 'scripts/ci', name), args), {
          ...surroundings(),
          env: { PATH: folders, HOME: path(home), ...env },
          encoding: 'utf8',
          timeout: hangs,
        }),
      );
      const said = (text: string) => asOnTheMac(text, root);
      return { status: ran.status, stdout: said(ran.stdout), stderr: said(ran.stderr) };
    },

    /** Starts such a script; the test answers its prompts. */
    startScript(script: Script, args: readonly string[]): ChildProcess {
      return spawn(...callOf(copyOf(script).file, args), surroundings());
    },

    /** Runs a puller of scripts/, such as `jamf/extension-attribute-headline.sh`. */
    runPuller(script: string, args: readonly string[] = []): Ran {
      return runCopy(copyOfPuller(script), args);
    },

    /** Starts such a puller. Its process leads a group of its own. */
    startPuller(script: string, args: readonly string[] = []): { child: ChildProcess; ended: Promise<Ran> } {
      const child = spawn(...callOf(copyOfPuller(script), args), { ...surroundings(), detached: true });
      const said = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const)
        child[name].setEncoding('utf8').on('data', (text: string) => {
          said[name] += asOnTheMac(text, root);
        });
      const { promise, resolve } = Promise.withResolvers<Ran>();
      child.once('close', (status) => resolve({ status, ...said }));
      return { child, ended: promise };
    },

    /** Installs a puller in its place in the package, so that another script can call it. */
    installPuller(script: string): void {
      const content = readFileSync(join(checkout, 'scripts', script), 'utf8');
      write(
        path(`/Library/Application Support/PSSO Monitor/share/scripts/${script}`),
        inScratch(content, root),
        0o755,
      );
    },

    /** The calls of scripts so far, with their arguments: of all commands, or of one. */
    calls(command?: string): string[][] {
      return callsOf(root, state).filter(([name]) => command === undefined || name === command);
    },
    forgetCalls: () => writeFileSync(join(state, 'calls'), ''),

    /** The seconds that scripts slept so far. */
    seconds,
    advance: (by: number) => write(join(state, 'seconds'), String(seconds() + by)),
    startAgent: (uid: number) => write(launchd('loaded', uid), ''),
    /** Ends agents that are real processes, and lets none start again. */
    stopLiveAgents(): void {
      for (const { uid } of sessions) {
        rmSync(launchd('loaded', uid), { force: true });
        const file = join(state, 'launchd', `pid.${uid}`);
        if (existsSync(file)) spawnSync('kill', ['-KILL', readFileSync(file, 'utf8').trim()]);
      }
    },
    isLoaded: (uid: number) => existsSync(launchd('loaded', uid)),
    /** The number of starts of this session's agent. */
    starts: (uid: number) =>
      existsSync(launchd('starts', uid)) ? Number(readFileSync(launchd('starts', uid), 'utf8')) : 0,
    hasReceipt: () => existsSync(join(state, 'receipts', packageIdentifier)),

    launchdOf(uid: number, policy: LaunchdBehaviour): void {
      const { bootoutTakes, refusals, loadsAnyway, disabled, kickstartFails } = policy;
      if (bootoutTakes !== undefined) write(launchd('takes', uid), String(bootoutTakes));
      if (refusals !== undefined) write(launchd('refusals', uid), String(refusals));
      if (loadsAnyway) write(launchd('anyway', uid), '');
      if (disabled !== undefined)
        write(launchd('disabled', uid), `\t"io.github.psso-monitor.agent" => ${disabled}\n`);
      if (kickstartFails) write(launchd('unkickable', uid), '');
    },
    /** Adds a process to the list of `ps`. */
    addProcess: (uid: number, command: string) =>
      writeFileSync(join(state, 'processes'), `  ${uid} ${command}\n`, { flag: 'a' }),
    quitFinderAndDock: () => write(join(state, 'processes'), '    0 /sbin/launchd\n'),
    own: (uid: number, onTheMac: string) =>
      writeFileSync(join(state, 'owners'), `${uid} ${path(onTheMac)}\n`, { flag: 'a' }),
    /** Lets this command fail from now on. */
    breakCommand(name: string, status = 1): void {
      const found = commandFolders
        .map((folder) => path(join(folder, name)))
        .filter((file) => existsSync(file));
      expect(found).not.toEqual([]);
      for (const file of found)
        write(file, `#!/bin/sh\necho "${name}: Operation not permitted" >&2\nexit ${status}\n`, 0o755);
    },
    runAs: (uid: number) => write(join(state, 'uid'), String(uid)),
  };
}

export type ScratchMac = ReturnType<typeof scratchMac>;

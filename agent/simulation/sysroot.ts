import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { commands } from '../mac/commands.ts';
import { applyChange, initialMac, type MacChange, type MacState } from '../mac/simulated/model.ts';
import { type Answer, type Notifier, notifiers, type SimulatedCommand } from '../mac/simulated/renderer.ts';
import { cutToTenSessions } from '../mac/sources/session/source.ts';
import { placeFile } from '../shared/atomic-file.ts';
import { shellQuoted } from '../shared/shell-quoted.ts';
import { answerOf, filesOf, simulatedCommands } from './answer.ts';
import { callRecorder, recordedCalls } from './recorded-calls.ts';

/** A simulated Mac below a folder, for `--sysroot`: real executables and files. */
export interface Sysroot {
  readonly state: MacState;
  /** Changes the Mac. Answers are replaced file by file, each in one step. */
  apply(change: MacChange): void;
  /** Renders the answers again with the present time, without a change. */
  passTime(): void;
  /** The arguments of every call of a notification program so far. */
  calls(command: 'osascript' | Notifier): string[][];
}

interface Variants {
  /** The answers: the name of each, and the arguments that it is rendered with. */
  readonly answers: readonly { readonly name: string; readonly args: readonly string[] }[];
  /** Shell: the name of the answer to the arguments of a call. */
  readonly nameInShell: string;
}

/** The commands whose answer depends on their arguments. */
const variants: Partial<Record<SimulatedCommand, Variants>> = {
  security: {
    answers: ['find-certificate', 'find-generic-password'].map((search) => ({
      name: `security.${search}`,
      args: [search],
    })),
    nameInShell: 'security."$1"',
  },
  ioreg: {
    answers: [
      { name: 'ioreg', args: [] },
      { name: `ioreg${cutToTenSessions.slice(-2).join('')}`, args: cutToTenSessions },
    ],
    // With or without a width.
    nameInShell: 'ioreg"$4$5"',
  },
};

function variantsOf(command: SimulatedCommand): Variants {
  return variants[command] ?? { answers: [{ name: command, args: [] }], nameInShell: command };
}

/** Folder of the answers. A script of two lines prints one, so that a call costs a shell and no Node. */
export const folder = '.simulated-mac';

/**
 * Builds the Mac below `dir`. Its user is the user of this process, since the agent watches that user. It
 * starts in the initial state of a scenario.
 */
export function installSysroot(
  dir: string,
  options: {
    macos?: string;
    user?: string;
    notifiers?: readonly Notifier[];
    /** Continues with this Mac instead of a new one. */
    state?: MacState;
  } = {},
): Sysroot {
  const { macos = '15.6', user = userInfo().username } = options;
  let state = options.state ?? initialMac({ start: Date.now(), macos, user });
  mkdirSync(join(dir, folder, 'answers'), { recursive: true });
  mkdirSync(join(dir, folder, 'calls'), { recursive: true });
  for (const command of [...simulatedCommands, ...(options.notifiers ?? [])]) install(dir, command);
  let written = new Set<string>();

  function renderAnswers(): void {
    const now = Date.now();
    for (const command of simulatedCommands)
      for (const { name, args } of variantsOf(command).answers)
        writeAnswer(dir, command, name, answerOf(state, command, args)(now));
  }

  function render(): void {
    renderAnswers();
    const files = filesOf(state);
    for (const path of written) if (!files.has(path)) rmSync(join(dir, path), { force: true });
    written = new Set(files.keys());
    for (const [path, content] of files) {
      const file = join(dir, path);
      const folderInItsPlace = statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
      // Root can read every file, so an unreadable file is a folder in its place.
      if (content !== null) {
        if (folderInItsPlace) rmdirSync(file);
        replaceFile(file, content);
      } else if (!folderInItsPlace) {
        rmSync(file, { force: true });
        mkdirSync(file, { recursive: true });
      }
    }
  }

  render();
  return {
    get state() {
      return state;
    },
    apply(change) {
      state = applyChange(state, change, Date.now());
      render();
    },
    passTime: renderAnswers,
    calls(command) {
      const file = join(dir, folder, 'calls', command);
      if (!existsSync(file)) return [];
      return recordedCalls(readFileSync(file, 'utf8'));
    },
  };
}

function replaceFile(file: string, content: Uint8Array | string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  placeFile(file, (temporary) => {
    writeFileSync(temporary, content);
    chmodSync(temporary, mode);
  });
}

function install(dir: string, command: SimulatedCommand | Notifier): void {
  const answers = shellQuoted(join(dir, folder, 'answers'));
  const calls = join(dir, folder, 'calls', command);
  const script = isNotifier(command)
    ? `#!/bin/sh\n${callRecorder(calls)}`
    : `#!/bin/sh\n. ${answers}/${variantsOf(command).nameInShell}\n`;
  replaceFile(join(dir, commands[command]), script, 0o755);
}

function isNotifier(command: SimulatedCommand | Notifier): command is Notifier | 'osascript' {
  return command === 'osascript' || notifiers.some((notifier) => notifier === command);
}

/** An answer is a small script that the executable sources: replaced in one step, exit status included. */
function writeAnswer(dir: string, command: SimulatedCommand, name: string, answer: Answer): void {
  if (command === 'osascript') return;
  const executable = join(dir, commands[command]);
  if (answer.kind === 'missing') {
    rmSync(executable, { force: true });
    return;
  }
  if (!existsSync(executable)) install(dir, command);
  const script =
    answer.kind === 'hangs'
      ? 'exec sleep 600\n'
      : `printf '%s' ${shellQuoted(answer.stdout)}\nprintf '%s' ${shellQuoted(answer.stderr)} >&2\nexit ${answer.status}\n`;
  replaceFile(join(dir, folder, 'answers', name), script);
}

import { join } from 'node:path';
import { callRecorder } from '../../agent/simulation/recorded-calls.ts';
import { realTool } from './real-tool.ts';
import { fakes } from './scratch-fakes.ts';

/** Commands of this machine that change files or send them; the scratch Mac records their calls. */
const actingTools: Readonly<Record<string, string>> = {
  chmod: '/bin',
  cp: '/bin',
  curl: '/usr/bin',
  ln: '/bin',
  mkdir: '/bin',
  mkfifo: '/usr/bin',
  mktemp: '/usr/bin',
  mv: '/bin',
  rm: '/bin',
  rmdir: '/bin',
  tee: '/usr/bin',
};

/**
 * Commands of this machine that only read. A link to one takes half the processor time of a script that
 * records the call first: the tests call them thousands of times.
 */
const readingTools: Readonly<Record<string, string>> = {
  awk: '/usr/bin',
  cat: '/bin',
  cksum: '/usr/bin',
  cmp: '/usr/bin',
  comm: '/usr/bin',
  cut: '/usr/bin',
  date: '/bin',
  df: '/bin',
  diff: '/usr/bin',
  find: '/usr/bin',
  grep: '/usr/bin',
  gzip: '/usr/bin',
  head: '/usr/bin',
  hostname: '/bin',
  ls: '/bin',
  od: '/usr/bin',
  openssl: '/usr/bin',
  readlink: '/usr/bin',
  sed: '/usr/bin',
  sort: '/usr/bin',
  tail: '/usr/bin',
  test: '/bin',
  tr: '/usr/bin',
  true: '/usr/bin',
  wc: '/usr/bin',
};

/** A command of a scratch Mac: a script, or a link to a program of this machine. */
export type ScratchCommand = { readonly script: string } | { readonly program: string };

/**
 * The commands of a scratch Mac, by their paths there. The fakes keep their state in the folder `state`; `sh`
 * is this machine's command for `/bin/sh`. With `recordsAll`, the calls of commands that only read are
 * recorded too.
 */
export function scratchCommands(
  state: string,
  sh: readonly string[],
  recordsAll: boolean,
): Map<string, ScratchCommand> {
  const commands = new Map<string, ScratchCommand>();
  const begin = (name: string) =>
    `#!/bin/sh
PATH='${process.env.PATH ?? ''}'
state='${state}'
${callRecorder(join(state, 'calls'), name)}`;
  const recorded = recordsAll ? { ...actingTools, ...readingTools } : actingTools;
  for (const [name, folder] of Object.entries(readingTools))
    commands.set(`${folder}/${name}`, { program: realTool(name) });
  for (const [name, folder] of Object.entries(recorded)) {
    // Only a Mac has this option, for access lists.
    const guard = name === 'chmod' ? 'case " $* " in *" -N "*) exit 0 ;; esac\n' : '';
    commands.set(`${folder}/${name}`, { script: `${begin(name)}${guard}exec ${realTool(name)} "$@"\n` });
  }
  commands.set('/bin/sh', { script: `${begin('sh')}exec ${sh.join(' ')} "$@"\n` });
  for (const [name, { folder, body }] of Object.entries(fakes))
    commands.set(`${folder}/${name}`, { script: `${begin(name)}${body}\n` });
  return commands;
}

import { join } from 'node:path';
import { callRecorder } from '../../agent/simulation/recorded-calls.ts';
import { realTool } from './real-tool.ts';
import { fakes } from './scratch-fakes.ts';

/** Commands of this machine that a scratch Mac uses; it records their calls. */
const ownTools: Readonly<Record<string, string>> = {
  awk: '/usr/bin',
  cat: '/bin',
  chmod: '/bin',
  cksum: '/usr/bin',
  cmp: '/usr/bin',
  comm: '/usr/bin',
  cp: '/bin',
  curl: '/usr/bin',
  cut: '/usr/bin',
  date: '/bin',
  df: '/bin',
  diff: '/usr/bin',
  find: '/usr/bin',
  grep: '/usr/bin',
  gzip: '/usr/bin',
  head: '/usr/bin',
  hostname: '/bin',
  ln: '/bin',
  ls: '/bin',
  mkdir: '/bin',
  mkfifo: '/usr/bin',
  mktemp: '/usr/bin',
  mv: '/bin',
  od: '/usr/bin',
  openssl: '/usr/bin',
  readlink: '/usr/bin',
  rm: '/bin',
  rmdir: '/bin',
  sed: '/usr/bin',
  sort: '/usr/bin',
  tail: '/usr/bin',
  tee: '/usr/bin',
  test: '/bin',
  tr: '/usr/bin',
  true: '/usr/bin',
  wc: '/usr/bin',
};

/**
 * The commands of a scratch Mac, by their paths there. The fakes keep their state in the folder `state`; `sh`
 * is this machine's command for `/bin/sh`.
 */
export function scratchCommands(state: string, sh: readonly string[]): Map<string, string> {
  const commands = new Map<string, string>();
  const begin = (name: string) =>
    `#!/bin/sh
PATH='${process.env.PATH ?? ''}'
state='${state}'
${callRecorder(join(state, 'calls'), name)}if [ -e "$state/broken/${name}" ]; then
  read -r status < "$state/broken/${name}"
  echo "${name}: Operation not permitted" >&2
  exit "$status"
fi
`;
  for (const [name, folder] of Object.entries(ownTools)) {
    // Only a Mac has this option, for access lists.
    const guard = name === 'chmod' ? 'case " $* " in *" -N "*) exit 0 ;; esac\n' : '';
    commands.set(`${folder}/${name}`, `${begin(name)}${guard}exec ${realTool(name)} "$@"\n`);
  }
  commands.set('/bin/sh', `${begin('sh')}exec ${sh.join(' ')} "$@"\n`);
  for (const [name, { folder, body }] of Object.entries(fakes))
    commands.set(`${folder}/${name}`, `${begin(name)}${body}\n`);
  return commands;
}

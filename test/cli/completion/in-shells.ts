import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Shell } from '../../../agent/cli/completion/shells.ts';
import { realTool } from '../../pkg-build/real-tool.ts';

/** A script that a shell has read, and a private folder for it. */
export interface Sourced {
  readonly script: string;
  readonly folder: string;
}

/** macOS's bash 3.2, also where Homebrew has put a newer one in front. */
const systemsOwn = (shell: string) =>
  [`/bin/${shell}`, `/usr/bin/${shell}`].find((path) => existsSync(path)) ?? realTool(shell);

const run = (command: string, args: readonly string[], { folder }: Sourced) =>
  execFileSync(systemsOwn(command), args, {
    encoding: 'utf8',
    cwd: folder,
    // No user's settings, and no psso-monitor that a script could start.
    env: { HOME: folder, PATH: '/usr/bin:/bin', TERM: 'dumb', LC_ALL: 'C' },
    timeout: 400_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
    .split('\n')
    .filter((line) => line !== '');

/** Calls the completion function with words as readline gives them. The last word is at the cursor. */
const inBash = `source "$1"; shift
function=$(complete -p psso-monitor); function=\${function##*-F }; function=\${function%% *}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
"$function" "$1" "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "\${COMPREPLY[@]}"`;

/** readline also splits words at each `=` and colon, and keeps these. */
function readlineWords(line: string): string[] {
  return line.split(' ').flatMap((word) => (word === '' ? [''] : word.split(/([=:])/).filter(Boolean)));
}

/** The proposals of a shell when Tab is pressed at the end of a line. */
export const proposedIn: Readonly<Record<Shell, (line: string, sourced: Sourced) => string[]>> = {
  bash: (line, sourced) =>
    run(
      'bash',
      ['--norc', '--noprofile', '-c', inBash, 'bash', sourced.script, ...readlineWords(line)],
      sourced,
    ),
  zsh: (line, sourced) => {
    const script = join(import.meta.dirname, 'complete.zsh');
    const printed = run('zsh', ['-f', script, sourced.script, line, sourced.folder], sourced);
    // A duplicate proposal is shown once.
    return [...new Set(printed.filter((word) => !word.startsWith('= ')).map((word) => word.trim()))];
  },
  fish: (line, sourced) =>
    run(
      'fish',
      ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', sourced.script, line],
      sourced,
    ).map((proposed) => proposed.split('\t')[0] ?? ''),
};

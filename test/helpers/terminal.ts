import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { shellWord } from '../../agent/shared/shell-quoted.ts';
import { entry } from './cli.ts';

/** The lines that a command prints on a terminal of this width. Linux only: `script` differs on macOS. */
export function linesOnTerminal(columns: number, args: readonly string[], program = entry): string[] {
  const command = [process.execPath, program, ...args].map(shellWord).join(' ');
  const ran = spawnSync('script', ['-qec', `stty cols ${columns}; ${command}`, '/dev/null'], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: undefined, TERM: 'xterm-256color' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = stripVTControlCharacters(ran.stdout).replaceAll('\r\n', '\n').trimEnd().split('\n');
  // A progress line begins with a carriage return, and what follows it replaces it.
  return lines.map((line) => line.split('\r').at(-1) ?? '');
}

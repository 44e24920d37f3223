import { bashScript } from './bash.ts';
import type { CommandLine } from './command-line.ts';
import { fishScript } from './fish.ts';
import type { Shell } from './shells.ts';
import { zshScript } from './zsh.ts';

/** The script that a shell sources to complete this command line. It starts no process. */
export const completionScripts: Readonly<Record<Shell, (line: CommandLine) => string>> = {
  zsh: zshScript,
  bash: bashScript,
  fish: fishScript,
};

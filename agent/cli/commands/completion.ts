import type { Command } from 'commander';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { type Shell, shells } from '../completion/shells.ts';
import type { Subcommand } from '../subcommand.ts';

/** `commandTree` answers the whole command line: the scripts are made from it. */
export const completion = (commandTree: () => Promise<Command>): Subcommand => ({
  configure(command, call) {
    command.argument('<shell>', `your shell: ${shells.join(', ')}`).addHelpText(
      'after',
      `
Prints a script for your shell, so that the Tab key completes commands, options, issues, kinds and settings. It knows this
version; make it anew after an update. In ~/.zshrc, after compinit, write \`source ~/.psso-monitor.zsh\`; in ~/.bash_profile write
\`source ~/.psso-monitor.bash\`. Where the example puts it, fish finds it by itself.

Example:
  psso-monitor completion zsh > ~/.psso-monitor.zsh
  psso-monitor completion bash > ~/.psso-monitor.bash
  psso-monitor completion fish > ~/.config/fish/completions/psso-monitor.fish
`,
    );
    call(async () => {
      const [shell = ''] = command.args;
      if (!isShell(shell))
        throw new UsageError(`there is no completion for "${shell}"; there is for ${shells.join(', ')}.`);
      const [{ commandLineOf }, { completionScripts }] = await Promise.all([
        import('../completion/command-line.ts'),
        import('../completion/scripts.ts'),
      ]);
      process.stdout.write(completionScripts[shell](commandLineOf(await commandTree())));
      return exitStatus.done;
    });
  },
});

function isShell(name: string): name is Shell {
  return shells.some((shell) => shell === name);
}

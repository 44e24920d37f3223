import type { Command } from 'commander';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { type Shell, shells } from '../completion/shells.ts';
import type { Subcommand } from '../subcommand.ts';

/** `commandTree` returns the command line that the scripts complete. */
export const completion = (commandTree: () => Promise<Command>): Subcommand => ({
  configure(command, call) {
    command.argument('<shell>', `one of ${shells.join(', ')}`).addHelpText(
      'after',
      `
Prints a script by which the Tab key completes commands, options, issues, event kinds and settings. Run it
again after an update. In ~/.zshrc, after compinit, write \`source ~/.psso-monitor.zsh\`; in ~/.bash_profile
write \`source ~/.psso-monitor.bash\`. fish loads the file of the example without further steps.

Example:
  psso-monitor completion zsh > ~/.psso-monitor.zsh
  psso-monitor completion bash > ~/.psso-monitor.bash
  psso-monitor completion fish > ~/.config/fish/completions/psso-monitor.fish
`,
    );
    call(async () => {
      const [shell = ''] = command.args;
      if (!isShell(shell))
        throw new UsageError(`there is no completion for "${shell}"; choose one of ${shells.join(', ')}.`);
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

import { exitStatus } from '../../shared/exit-status.ts';
import { version, versionText } from '../../shared/version.ts';
import type { VersionOutput } from '../output/version.ts';
import { printJson, printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const versionCommand: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print JSON').addHelpText('after', '\nExample:\n  psso-monitor version\n');
    call(async () => {
      const options = command.opts<{ json?: boolean }>();
      if (options.json) printJson({ version, node: process.versions.node } satisfies VersionOutput);
      else printLine(versionText());
      return exitStatus.done;
    });
  },
};

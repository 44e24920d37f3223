import { serveRequests } from '../../fleet/serve-requests.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { Subcommand } from '../subcommand.ts';

/**
 * The untrusted reader of many databases. Only `fleet` starts it, so the help does not list it. A file that
 * crashes the reader ends this process and not `fleet`.
 */
export const readFleet: Subcommand = {
  configure(command, call) {
    command.addHelpText('after', '\nExample:\n  psso-monitor read-fleet < requests.ndjson\n');
    command.option('--new-rows <scratch>', 'what a store does not have yet; the folder is for copies');
    call(async () => {
      const { newRows } = command.opts<{ newRows?: string }>();
      if (newRows !== undefined) {
        const { serveNewRows } = await import('../../fleet-store/serve-new-rows.ts');
        await serveNewRows(process.stdin, newRows, (answer) =>
          process.stdout.write(`${JSON.stringify(answer)}\n`),
        );
        return exitStatus.done;
      }
      await serveRequests(process.stdin, (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`));
      return exitStatus.done;
    });
  },
};

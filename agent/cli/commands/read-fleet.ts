import type { ReadingAnswer } from '../../fleet/messages.ts';
import { serveRequests } from '../../fleet/serve-requests.ts';
import type { NewRowsAnswer } from '../../fleet-store/new-rows.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { uidOption } from '../options/uid-option.ts';
import type { Subcommand } from '../subcommand.ts';

/**
 * The untrusted reader of many databases. Only `fleet` starts it, so the help does not list it. A file that
 * crashes the reader ends this process and not `fleet`.
 */
export const readFleet: Subcommand = {
  configure(command, call) {
    command.addHelpText('after', '\nExample:\n  psso-monitor read-fleet < requests.ndjson\n');
    command.option('--new-rows <scratch>', 'what a store does not have yet; the folder is for copies');
    command.option('--uid <uid>', 'the user whose rights alone it keeps, before it opens a file');
    call(async () => {
      const { newRows, uid } = command.opts<{ newRows?: string; uid?: string }>();
      if (newRows !== undefined) {
        const [{ serveNewRows }, { lineOf }] = await Promise.all([
          import('../../fleet-store/serve-new-rows.ts'),
          import('../../fleet-store/new-rows.ts'),
        ]);
        const answer = (rows: NewRowsAnswer) => process.stdout.write(`${lineOf(rows)}\n`);
        await serveNewRows(process.stdin, newRows, answer, uidOption(uid));
        return exitStatus.done;
      }
      const reply = (answer: ReadingAnswer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
      await serveRequests(process.stdin, reply, uidOption(uid));
      return exitStatus.done;
    });
  },
};

import { frameOf } from '../../fleet/frames.ts';
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
      const reply = (answer: unknown) => process.stdout.write(frameOf(answer));
      if (newRows !== undefined) {
        const [{ serveNewRows }, { packAnswer }] = await Promise.all([
          import('../../fleet-store/serve-new-rows.ts'),
          import('../../fleet-store/new-rows.ts'),
        ]);
        const answer = (rows: NewRowsAnswer) => reply(packAnswer(rows));
        await serveNewRows(process.stdin, newRows, answer, uidOption(uid));
        return exitStatus.done;
      }
      await serveRequests(process.stdin, reply, uidOption(uid));
      return exitStatus.done;
    });
  },
};

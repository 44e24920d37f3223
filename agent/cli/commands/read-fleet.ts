import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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
    command.option('--otel <merged>', 'the events of a merged database, as OTLP JSON lines');
    command.option('--uid <uid>', 'the user whose rights alone it keeps, before it opens a file');
    call(async () => {
      const { newRows, otel, uid } = command.opts<{ newRows?: string; otel?: string; uid?: string }>();
      if (newRows !== undefined) {
        const { serveNewRows } = await import('../../fleet-store/serve-new-rows.ts');
        const answer = (line: NewRowsAnswer) => process.stdout.write(`${JSON.stringify(line)}\n`);
        await serveNewRows(process.stdin, newRows, answer, uidOption(uid));
        return exitStatus.done;
      }
      if (otel !== undefined) {
        const { otelLines } = await import('../../fleet/serve-otel.ts');
        await pipeline(Readable.from(otelLines(otel, uidOption(uid))), process.stdout, { end: false });
        return exitStatus.done;
      }
      const reply = (answer: ReadingAnswer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
      await serveRequests(process.stdin, reply, uidOption(uid));
      return exitStatus.done;
    });
  },
};

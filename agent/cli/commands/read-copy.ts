import { writeSync } from 'node:fs';
import { exitStatus } from '../../shared/exit-status.ts';
import { dropPrivileges } from '../../untrusted/drop-privileges.ts';
import type { ChildLine } from '../../untrusted/read-in-child.ts';
import { readUntrustedTables } from '../../untrusted/read-untrusted-tables.ts';
import { UntrustedDatabaseError } from '../../untrusted/untrusted-database-error.ts';
import { uidOption } from '../options/uid-option.ts';
import type { Subcommand } from '../subcommand.ts';

/** The untrusted reader of one copy. Only `export --all-users` starts it, so the help does not list it. */
export const readCopy: Subcommand = {
  configure(command, call) {
    command
      .argument('<file>', 'a private copy of a database')
      .option('--uid <uid>', 'the user whose rights alone it keeps, before it opens the file')
      .addHelpText('after', '\nExample:\n  psso-monitor read-copy events.db\n');
    call(async () => {
      const [file = ''] = command.args;
      const uid = uidOption(command.opts<{ uid?: string }>().uid);
      let printed = '';
      const print = (line: ChildLine) => {
        printed += `${JSON.stringify(line)}\n`;
        if (printed.length < 65_536) return;
        writeOut(printed);
        printed = '';
      };
      try {
        if (uid !== null) dropPrivileges(uid);
        print({ schemaVersion: readUntrustedTables(file, { row: print }) });
      } catch (error) {
        if (!(error instanceof UntrustedDatabaseError)) throw error;
        print({ reason: error.reason, detail: error.detail });
      }
      writeOut(printed);
      return exitStatus.done;
    });
  },
};

const standardOutput = 1;
const pauseMs = 5;

/** Waits for a slow reader. `process.stdout` would keep all output in memory instead. */
function writeOut(text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(standardOutput, bytes, written);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}

import { join } from 'node:path';
import { commandTree, main } from '../../../../agent/cli/main.ts';

/**
 * Prints the help of every command, then what the commands print for a history in a data folder. One process
 * for all: a process for each command and width takes minutes.
 *
 * Arguments: the data folder, a folder with databases, a folder for files, a scenario.
 */
const [data = '', fleet = '', out = '', scenario = ''] = process.argv.slice(2);

/** Begins the output of a call. */
const mark = '=====';

async function call(...args: string[]): Promise<void> {
  console.log(`${mark} ${args.join(' ')}`);
  await main(args);
}

// Each call adds a listener, and a real process has one call.
process.stdout.setMaxListeners(0);
await call('--help');
for (const { commands } of [await commandTree()])
  for (const command of commands) await call(command.name(), '--help');

const file = (name: string) => ['--out', join(out, name), '--force'];
for (const args of [
  ['status'],
  ['issues', '--all'],
  ['explain'],
  ['events'],
  ['events', '--all'],
  ['sync', '--all'],
  ['sync', '--late'],
  ['advice'],
  ['attribute'],
  ['doctor'],
  ['validate', '--no-wait'],
  ['config'],
  ['silence'],
  ['report', ...file('report.html')],
  ['diagnose', '--yes', ...file('case.zip')],
  ['export', ...file('events.ndjson')],
])
  await call(...args, '--data-dir', data);
await call('catalogue');
await call('config', 'QuietHours');
await call('fleet', fleet);
await call('replay', scenario);
await call('parse', 'log', '/dev/null');
await call('version');
// A call with a mistake prints its error on standard error, which is the same terminal.
await call('statsu');
await call('explain', 'registration-ned-repair');
await call('status', '--data-dir', '/nowhere');

import type { GlobalOptions } from '../../shared/global-options.ts';
import { shellWord } from '../../shared/shell-quoted.ts';

/** The package has a bundle, and no TypeScript. */
export const inCheckout = import.meta.url.endsWith('.ts');
const name = inCheckout ? 'npm run -s psso-monitor --' : 'psso-monitor';

/** The commands that read a history, also of `--database` and of another user. */
const ofHistory = new Set(
  'advice attribute diagnose doctor events explain export issues report status sync validate'.split(' '),
);
/** The commands that have a history in `--data-dir`. */
const ofDataDir = new Set([...ofHistory, 'run', 'once', 'silence']);

/** The other commands. Any other word behind the name is no command. */
const others = 'capture catalogue completion config demo fleet notify parse replay schema simulate version';
const known = new Set([...ofDataDir, ...others.split(' ')]);

const ownCommand = /(?<![\w.-])psso-monitor (?:([a-z]+(?:-[a-z]+)*)|(?=--help\b|\[|[A-Z]{3,}\b))/g;
const namesHistory = /^[^\n]* --(?:data-dir|database|user) /;

/**
 * A text whose commands of this program can be copied: with the name by which the program is called here, and
 * with the options that say whose history the text is about.
 */
export function asCalled(text: string, { sysroot, dataDir, database, user }: GlobalOptions = {}): string {
  return text.replace(ownCommand, (whole: string, command: string | undefined, at: number) => {
    if (command === undefined) return `${name} `;
    if (!known.has(command)) return whole;
    if (namesHistory.test(text.slice(at))) return `${name} ${command}`;
    const option = (flag: string, value: string | undefined, commands: ReadonlySet<string>) =>
      value === undefined || !commands.has(command) ? '' : ` ${flag} ${shellWord(value)}`;
    return [
      `${name} ${command}`,
      option('--sysroot', sysroot, ofDataDir),
      option('--data-dir', dataDir, ofDataDir),
      option('--database', database, ofHistory),
      option('--user', user, ofHistory),
    ].join('');
  });
}

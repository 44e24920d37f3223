import type { CommandOutcome, Runner } from '../mac/runner.ts';
import type { NewEvent } from '../shared/event.ts';
import { sanitiseLine } from '../shared/safe-text.ts';

/** A record of the unified log has 1,024 bytes (os_log(5)); a character of the summary has up to 4. */
const summaryLimit = 200;

/**
 * Writes a line into the unified log of macOS for each issue that opened or was resolved. `log emit` gives it
 * a subsystem, and is not on every macOS; `logger` has none, so the name is in the text. Both at a level that
 * macOS keeps on the disk. Returns what failed; null: nothing.
 */
export async function logIssues(runner: Runner, events: readonly NewEvent[]): Promise<string | null> {
  let failed: string | null = null;
  for (const { kind, issue, severity, summary } of events) {
    if (kind !== 'issue-opened' && kind !== 'issue-resolved') continue;
    const message = `${kind} ${issue} ${severity}: ${sanitiseLine(summary, summaryLimit)}`;
    const emitted = await runner.run('log', [
      ...['emit', '--subsystem', 'io.github.psso-monitor', '--category', 'issues'],
      ...['--type', 'default', '--public', message],
    ]);
    if (isDone(emitted)) continue;
    const logged = await runner.run('logger', ['-p', 'user.notice', '--', `psso-monitor: ${message}`]);
    if (!isDone(logged)) failed = `log (${wordsOf(emitted)}), logger (${wordsOf(logged)})`;
  }
  return failed;
}

const isDone = (outcome: CommandOutcome) => outcome.kind === 'exited' && outcome.status === 0;
const wordsOf = (outcome: CommandOutcome) =>
  outcome.kind === 'exited' ? `exit status ${outcome.status}` : outcome.kind;

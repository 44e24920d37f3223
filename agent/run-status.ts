import type { GlobalOptions } from './commands/command.ts';
import { printStatus } from './commands/print-status.ts';
import { reportError } from './commands/report-error.ts';

export interface StatusOptions {
  readonly global: GlobalOptions;
  readonly json: boolean;
}

/** A plain `status`, which scripts and menu bars ask often. Answers the exit status. */
export function runStatus({ global, json }: StatusOptions): number {
  try {
    return printStatus(global, json);
  } catch (error) {
    return reportError(error);
  }
}

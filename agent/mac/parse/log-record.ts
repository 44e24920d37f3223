/** One message of the unified log, before it is interpreted. Its text stays in the parser. */
export interface LogRecord {
  /** As printed. */
  readonly timestamp: string | null;
  /** As printed: `Default`, `Df`. */
  readonly level: string | null;
  readonly process: string | null;
  readonly subsystem: string | null;
  readonly category: string | null;
  readonly message: string;
}

/** A cheap test for each line: every line of Platform SSO matches. Case as Apple prints it. */
const marks = ['AppSSO', 'PlatformSSO', 'Mac SSO Extension'] as const;

/** Whether a line can be about Platform SSO. Called before any costly parsing. */
export function mentionsPlatformSso(text: string): boolean {
  return marks.some((mark) => text.includes(mark));
}

const processes: ReadonlySet<string> = new Set(['AppSSOAgent', 'AppSSODaemon', 'Mac SSO Extension']);
const subsystem = /^com\.apple\.(?:AppSSO|PlatformSSO)(?:\.|$)/;

/** com.apple.AppSSO holds nearly everything, from any process; com.apple.PlatformSSO is its error domain. */
export function isPlatformSso(record: LogRecord): boolean {
  if (record.subsystem !== null && subsystem.test(record.subsystem)) return true;
  return record.process !== null && processes.has(record.process);
}

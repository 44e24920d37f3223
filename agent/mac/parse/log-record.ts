/** One message of the unified log, before anybody asks what it means. Its text stays in the parser. */
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

/** Case as Apple prints it. Cheap enough to ask of every line, and what no line of ours goes without. */
const marks = ['AppSSO', 'PlatformSSO', 'Mac SSO Extension'] as const;

/** Whether a line could be about Platform SSO at all: asked before anything costly is done with it. */
export function mentionsPlatformSso(text: string): boolean {
  return marks.some((mark) => text.includes(mark));
}

const processes: ReadonlySet<string> = new Set(['AppSSOAgent', 'AppSSODaemon', 'Mac SSO Extension']);
const subsystem = /^com\.apple\.(?:AppSSO|PlatformSSO)(?:\.|$)/;

/** com.apple.AppSSO holds nearly everything, whichever process says it; com.apple.PlatformSSO is its error domain. */
export function isPlatformSso(record: LogRecord): boolean {
  if (record.subsystem !== null && subsystem.test(record.subsystem)) return true;
  return record.process !== null && processes.has(record.process);
}

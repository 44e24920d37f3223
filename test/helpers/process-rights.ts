import { readFileSync } from 'node:fs';

/** The value of an option of this process; null: it has none. */
export function optionOfProcess(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at === -1 ? null : (process.argv[at + 1] ?? null);
}

/** What this process may do, and what it was given. `secret`: a file that only root reads. */
export function rightsOfProcess(secret: string) {
  return {
    uid: process.getuid?.(),
    groups: process.getgroups?.(),
    folder: process.cwd(),
    variables: Object.keys(process.env),
    readsSecret: succeeds(() => readFileSync(secret)),
    regained: succeeds(() => process.setuid?.(0)),
  };
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

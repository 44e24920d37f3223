import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { checkTools } from './test-tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of what test/helpers/built-once.ts builds. */
    readonly builtFolder: string;
  }
}

/** Runs once a test run. Returns the clean-up. */
export default function setup(project: TestProject): () => void {
  checkTools();
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-built-'));
  // Some tests start the agent as another user.
  chmodSync(folder, 0o755);
  project.provide('builtFolder', folder);
  // What was built of the earlier code.
  project.onTestsRerun(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  });
  return () => rmSync(folder, { recursive: true, force: true });
}

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { checkTools } from './test-tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which test/installed/installed-agent.ts unpacks the package. */
    readonly installedFolder: string;
  }
}

/** Runs once a test run. Returns the clean-up. */
export default function setup(project: TestProject): () => void {
  checkTools();
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-package-'));
  // Some tests start the agent as another user.
  chmodSync(folder, 0o755);
  project.provide('installedFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

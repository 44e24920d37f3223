import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { checkTools } from './test-tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test/installed/installed-agent.ts unpacks the package. */
    readonly installedFolder: string;
  }
}

/** Once a test run. Returns what cleans up after it. */
export default function setup(project: TestProject): () => void {
  checkTools();
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-package-'));
  // Tests start the agent as another user as well.
  chmodSync(folder, 0o755);
  project.provide('installedFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

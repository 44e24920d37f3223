import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder to be a Mac's root, gone after the test. */
export async function temporarySysroot(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'psso-monitor-'));
  // A hook of this module would belong to the first of the files that share it.
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A real executable at a Mac's absolute path below the sysroot. */
export async function installScript(sysroot: string, path: string, body: string): Promise<string> {
  return await installFile(sysroot, path, `#!/bin/sh\n${body}\n`, 0o755);
}

export async function installFile(sysroot: string, path: string, content: string | Uint8Array, mode = 0o644) {
  const file = join(sysroot, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

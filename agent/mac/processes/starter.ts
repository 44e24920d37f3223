import { handlesOf } from './node-handles.ts';
import type { StartProcess } from './start.ts';
import { startWithNodeHandles } from './with-node-handles.ts';

/** The lightest way to start a process that this Node is known to have. */
export async function processStarter(nodeVersion?: string): Promise<StartProcess> {
  const handles = handlesOf(nodeVersion);
  if (handles !== null) return startWithNodeHandles(handles);
  const { startWithChildProcess } = await import('./with-child-process.ts');
  return startWithChildProcess;
}

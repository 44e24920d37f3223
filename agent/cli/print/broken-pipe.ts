import { exitStatus } from '../../shared/exit-status.ts';

/** Ends the process without an error when a reader such as `head` closes the pipe. */
export function allowBrokenPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitStatus.done);
    throw error;
  });
}

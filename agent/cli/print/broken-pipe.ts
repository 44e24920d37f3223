import { exitStatus } from '../../shared/exit-status.ts';

/** A reader that has seen enough, such as `head`, is no error. */
export function allowBrokenPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitStatus.done);
    throw error;
  });
}

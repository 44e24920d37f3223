import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A tmpfs. Root on Linux only. */
export interface SmallDisk {
  /** Takes up all the space that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  remount(option: 'ro' | 'rw'): void;
  unmount(): void;
}

export function smallDisk(folder: string, options = 'size=1m'): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  const filling = join(folder, 'filling');
  const mount = (option: string) => execFileSync('mount', ['-o', `remount,${option}`, folder]);
  return {
    fill() {
      for (;;) {
        try {
          writeFileSync(filling, Buffer.alloc(4096, 1), { flag: 'a' });
        } catch {
          return;
        }
      }
    },
    free: () => rmSync(filling, { force: true }),
    remount: mount,
    unmount: () => execFileSync('umount', ['-l', folder]),
  };
}

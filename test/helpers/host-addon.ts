import { prebuiltAddon } from '../../pkg-build/bundle.ts';

/** better-sqlite3's addon for the machine that runs the tests. */
export function hostAddon(): string {
  const system = process.platform === 'darwin' ? 'darwin' : 'linux';
  return prebuiltAddon(`${system}-${process.arch === 'arm64' ? 'arm64' : 'x64'}`);
}

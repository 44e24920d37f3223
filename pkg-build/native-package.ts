import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageIdentifier } from '../launchd/installed-paths.ts';
import { BuildError } from './build-error.ts';
import { use } from './signing.ts';

/** Builds the same payload with Apple's tools, to compare the packages. Needs a Mac. */
export function nativePackage(options: {
  readonly project: string;
  readonly output: string;
  readonly version: string;
  readonly distribution: string;
}): void {
  if (process.platform !== 'darwin')
    throw new BuildError('--native needs a Mac: pkgbuild and productbuild are Apple’s.');
  const { project, output, version, distribution } = options;
  const component = join(project, 'agent.pkg');
  writeFileSync(join(project, 'Distribution'), distribution);
  use({
    command: '/usr/bin/pkgbuild',
    args: [
      ...['--root', join(project, 'payload'), '--scripts', join(project, 'scripts')],
      ...['--identifier', packageIdentifier, '--version', version],
      ...['--install-location', '/', '--ownership', 'recommended', component],
    ],
  });
  use({
    command: '/usr/bin/productbuild',
    args: ['--distribution', join(project, 'Distribution'), '--package-path', project, output],
  });
}

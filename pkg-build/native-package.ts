import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageIdentifier } from '../launchd/installed-paths.ts';
import { BuildError } from './build-error.ts';
import { packageVersion } from './package-version.ts';
import { mustRun, runTool } from './signing.ts';

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
  mustRun(runTool, {
    command: '/usr/bin/pkgbuild',
    args: [
      ...['--root', join(project, 'payload'), '--scripts', join(project, 'scripts')],
      ...['--identifier', packageIdentifier, '--version', packageVersion(version)],
      ...['--install-location', '/', '--ownership', 'recommended', component],
    ],
  });
  mustRun(runTool, {
    command: '/usr/bin/productbuild',
    args: ['--distribution', join(project, 'Distribution'), '--package-path', project, output],
  });
}

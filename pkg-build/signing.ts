import { spawnSync } from 'node:child_process';
import { BuildError } from './build-error.ts';

/** A Developer ID that signs programs. */
export interface ApplicationIdentity {
  /** `Developer ID Application: Example GmbH (ABCDE12345)`. */
  readonly name: string;
  readonly team: string;
}

/** The signing identities of the environment; each is optional. The tools exist on a Mac only. */
export interface Identities {
  /** Signs Node and the addon. */
  readonly application: ApplicationIdentity | null;
  /** `Developer ID Installer: …`, or one that the MDM's Macs trust. */
  readonly installer: string | null;
  readonly notary: Notary | null;
}

/** Credentials of `xcrun notarytool store-credentials`. */
export interface Notary {
  readonly profile: string;
  /** The keychain that has them; null: the default one. */
  readonly keychain: string | null;
}

/** Throws BuildError. */
export function identitiesFrom(environment: NodeJS.ProcessEnv): Identities {
  const given = (name: string) => environment[name] || null;
  const profile = given('NOTARY_PROFILE');
  return {
    application: applicationIdentity(given('APP_IDENTITY')),
    installer: given('INSTALLER_IDENTITY'),
    notary: profile === null ? null : { profile, keychain: given('NOTARY_KEYCHAIN') },
  };
}

function applicationIdentity(name: string | null): ApplicationIdentity | null {
  if (name === null) return null;
  const team = /\(([A-Z0-9]{10})\)\s*$/.exec(name)?.[1];
  if (team === undefined)
    throw new BuildError(
      'APP_IDENTITY takes the name of a certificate with its team at the end, such as ' +
        `"Developer ID Application: Example GmbH (ABCDE12345)", not "${name}". ` +
        'security find-identity -v -p codesigning prints the names.',
    );
  return { name, team };
}

/** Why these identities can't be used; null: they can, or there are none. */
export function signingProblem(identities: Identities, platform: NodeJS.Platform): string | null {
  const { application, installer, notary } = identities;
  if (application === null && installer === null && notary === null) return null;
  if (platform !== 'darwin') return 'Signing needs a Mac: codesign, productsign and notarytool are Apple’s.';
  if (notary !== null && (application === null || installer === null))
    return 'NOTARY_PROFILE needs APP_IDENTITY and INSTALLER_IDENTITY: Apple notarizes no unsigned part.';
  return null;
}

export interface Tool {
  readonly command: string;
  readonly args: readonly string[];
}

interface Answer {
  /** The exit status; null: a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
}

/** Runs a tool to its end. Throws BuildError when it can't be started. */
export type RunTool = (tool: Tool) => Answer;

/** Runs the tool of this system; what it says on standard error is shown. */
export const runTool: RunTool = ({ command, args }) => {
  const { error, status, stdout } = spawnSync(command, [...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined) throw new BuildError(`${command} could not be started.`, { cause: error });
  return { status, stdout };
};

/** Runs a tool that has to succeed. Throws BuildError. */
export function mustRun(run: RunTool, tool: Tool): void {
  const { status, stdout } = run(tool);
  if (stdout !== '') console.log(stdout.trimEnd());
  if (status === 0) return;
  const ended = status === null ? 'by a signal' : `with status ${status}`;
  throw new BuildError(`${tool.command} ${tool.args[0] ?? ''} ended ${ended}; what it printed is above.`);
}

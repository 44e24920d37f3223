import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from './build-error.ts';

/** The signing identities of the environment; each is optional. The tools exist on a Mac only. */
export interface Identities {
  /** `Developer ID Application: …`, for the addon and, with `resignNode`, for Node. */
  readonly application: string | null;
  /** `Developer ID Installer: …`, or one that the MDM's Macs trust. */
  readonly installer: string | null;
  /** A profile of `xcrun notarytool store-credentials`. */
  readonly notaryProfile: string | null;
  readonly resignNode: boolean;
  /** The team in `application`'s name, such as ABCDE12345. */
  readonly team: string | null;
}

export function identitiesFrom(environment: NodeJS.ProcessEnv): Identities {
  const given = (name: string) => environment[name] || null;
  return {
    application: given('APP_IDENTITY'),
    installer: given('INSTALLER_IDENTITY'),
    notaryProfile: given('NOTARY_PROFILE'),
    resignNode: environment.RESIGN_NODE === '1',
    team: /\(([A-Z0-9]{10})\)\s*$/.exec(given('APP_IDENTITY') ?? '')?.[1] ?? null,
  };
}

/** Why these identities can't be used; null: they can, or there are none. */
export function signingProblem(identities: Identities, platform: NodeJS.Platform): string | null {
  const { application, installer, notaryProfile, resignNode } = identities;
  const any = application !== null || installer !== null || notaryProfile !== null || resignNode;
  if (!any) return null;
  if (platform !== 'darwin') return 'Signing needs a Mac: codesign, productsign and notarytool are Apple’s.';
  if (resignNode && application === null) return 'RESIGN_NODE=1 needs APP_IDENTITY.';
  if (notaryProfile !== null && (application === null || installer === null))
    return 'NOTARY_PROFILE needs APP_IDENTITY and INSTALLER_IDENTITY: Apple notarizes no unsigned part.';
  return null;
}

export interface Tool {
  readonly command: string;
  readonly args: readonly string[];
}

/** Node needs JIT compilation only: no injected libraries, no debugger. */
export const nodeEntitlements = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>com.apple.security.cs.allow-jit</key>
    <true/>
</dict>
</plist>
`;

export function codesign(identity: string, file: string, entitlements: string | null): Tool {
  const more = entitlements === null ? [] : ['--entitlements', entitlements];
  const args = ['--force', '--timestamp', '--options', 'runtime', ...more, '--sign', identity, file];
  return { command: '/usr/bin/codesign', args };
}

/** The tools that make the unsigned package a finished one, in the order of their calls. */
export function packageSigning(
  { installer, notaryProfile }: Identities,
  unsigned: string,
  signed: string,
): Tool[] {
  if (installer === null) return [];
  const tools: Tool[] = [
    { command: '/usr/bin/productsign', args: ['--timestamp', '--sign', installer, unsigned, signed] },
    { command: '/usr/sbin/pkgutil', args: ['--check-signature', signed] },
  ];
  if (notaryProfile === null) return tools;
  return [
    ...tools,
    {
      command: '/usr/bin/xcrun',
      args: ['notarytool', 'submit', signed, '--keychain-profile', notaryProfile, '--wait'],
    },
    { command: '/usr/bin/xcrun', args: ['stapler', 'staple', signed] },
    { command: '/usr/sbin/spctl', args: ['--assess', '-vv', '--type', 'install', signed] },
  ];
}

export function use({ command, args }: Tool): void {
  try {
    execFileSync(command, [...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (cause) {
    throw new BuildError(`${command} ${args[0] ?? ''} failed; its output is above.`, { cause });
  }
}

/** The same program, signed by this identity instead. */
export function signedCopy(content: Uint8Array, identity: string, entitlements: string | null): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-sign-'));
  try {
    const file = join(folder, 'program');
    const rights = join(folder, 'entitlements.plist');
    writeFileSync(file, content, { mode: 0o755 });
    if (entitlements !== null) writeFileSync(rights, entitlements);
    use(codesign(identity, file, entitlements === null ? null : rights));
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../launchd/installed-paths.ts';
import type { RunTool, Tool } from '../../pkg-build/signing.ts';

/** The identities of a build that signs all. */
export const allIdentities = {
  APP_IDENTITY: 'Developer ID Application: Example GmbH (ABCDE12345)',
  INSTALLER_IDENTITY: 'Developer ID Installer: Example GmbH (ABCDE12345)',
  NOTARY_PROFILE: 'example',
};

/** The notary's verdict on a package that it takes. */
export const accepted = JSON.stringify({
  id: '2efe2717',
  status: 'Accepted',
  message: 'Processing complete',
});
export const well = { status: 0, stdout: '' };
const wordsOf = ({ command, args }: Tool) => [command, ...args].join(' ');

/**
 * Apple's tools, recorded: productsign writes another file, stapler appends to it, the notary gives
 * `verdict`, and codesign appends to a program and seals a bundle.
 */
export function appleTools(verdict = { status: 0, stdout: accepted }) {
  const calls: string[] = [];
  /** What a file that a call names held at that time. */
  const seen = new Map<string, string>();
  const run: RunTool = (tool) => {
    calls.push(wordsOf(tool));
    const { command, args } = tool;
    const last = args.at(-1) ?? '';
    if (command.endsWith('/productsign')) {
      copyFileSync(args.at(-2) ?? '', last);
      appendFileSync(last, ', signed');
    } else if (args[0] === 'stapler') appendFileSync(last, ', stapled');
    else if (args[1] === 'submit') return verdict;
    else if (args[1] === 'log') return { status: 0, stdout: '{"issues": [{"message": "not signed"}]}\n' };
    else if (args.includes('--force')) codesign(args, seen);
    return well;
  };
  return { calls, seen, run };
}

function codesign(args: readonly string[], seen: Map<string, string>): void {
  const target = args.at(-1) ?? '';
  const rights = args[args.indexOf('--entitlements') + 1];
  if (args.includes('--entitlements')) seen.set('entitlements', readFileSync(rights ?? '', 'utf8'));
  const isBundle = target.endsWith('.app');
  appendFileSync(isBundle ? join(target, bundle.program) : target, 'signed');
  if (!isBundle) return;
  mkdirSync(join(target, 'Contents/_CodeSignature'));
  writeFileSync(join(target, 'Contents/_CodeSignature/CodeResources'), 'sealed');
}

import { parse } from 'plist';
import { installed, label } from '../launchd/installed-paths.ts';
import { lintLaunchAgent } from '../launchd/lint.ts';
import type { Entry } from './formats/tree.ts';

/** The problems that forbid a package, one sentence each. */
export function lintPayload(payload: readonly Entry[], scripts: readonly Entry[]): string[] {
  const paths = new Set(payload.map((entry) => entry.path));
  const problems = lintLaunchAgent(parse(textOf(payload, installed.launchAgent)), {
    fileName: `${label}.plist`,
    inPackage: (path) => paths.has(`.${path}`),
  });
  // postinstall creates the links; the LaunchAgent names Node.
  const notFiles: readonly string[] = [installed.folder, installed.node, installed.link, installed.manLink];
  for (const path of Object.values(installed).filter((one) => !notFiles.includes(one)))
    if (!paths.has(`.${path}`)) problems.push(`${path} is missing.`);
  for (const { path, mode, uid, kind } of payload) {
    if ((mode & 0o022) !== 0) problems.push(`${path} could be written by others than root.`);
    if (uid !== 0) problems.push(`${path} would not belong to root.`);
    if (kind === 'link') problems.push(`${path} is a link; the package may hold none.`);
  }
  const names = new Set(scripts.map((entry) => entry.path));
  for (const script of ['./preinstall', './postinstall'])
    if (!names.has(script)) problems.push(`The installer script ${script} is missing.`);
  for (const entry of scripts) {
    if (entry.kind === 'file' && Buffer.from(entry.content).includes('\r'))
      problems.push(`${entry.path} has Windows line endings.`);
  }
  return problems;
}

/** The text of a file of the payload; of a missing one an empty property list. */
function textOf(payload: readonly Entry[], path: string): string {
  const entry = payload.find((one) => one.path === `.${path}`);
  return entry?.kind === 'file' ? Buffer.from(entry.content).toString('utf8') : '<plist><dict/></plist>';
}

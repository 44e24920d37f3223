import { basename } from 'node:path';
import * as z from 'zod';
import { clearedVariables } from './environment.ts';
import { launchAgentSchema } from './schema.ts';

/**
 * The problems of a LaunchAgent, one sentence each; empty: there are none. `fileName` is the name of the
 * property list; `inPackage` says whether the package contains the file at an absolute path.
 */
export function lintLaunchAgent(
  agent: unknown,
  { fileName, inPackage }: { fileName: string; inPackage: (path: string) => boolean },
): string[] {
  const checked = z.safeParse(launchAgentSchema, agent);
  if (!checked.success) {
    return checked.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}.`);
  }
  const { data } = checked;
  const problems: string[] = [];
  if (basename(fileName) !== `${data.Label}.plist`)
    problems.push(`The file must be called ${data.Label}.plist, after its Label.`);
  const [program, ...given] = data.ProgramArguments;
  if (program === undefined || !program.startsWith('/'))
    problems.push('ProgramArguments must begin with an absolute path.');
  for (const path of [program ?? '', ...given].filter((argument) => argument.startsWith('/'))) {
    if (!inPackage(path)) problems.push(`ProgramArguments names ${path}, which is not in the package.`);
  }
  for (const key of ['StandardInPath', 'StandardOutPath', 'StandardErrorPath'] as const) {
    if (data[key] !== undefined)
      problems.push(`${key} is one path for all users; the second one's agent would not start.`);
  }
  if (data.KeepAlive !== undefined && data.ThrottleInterval === undefined)
    problems.push('KeepAlive without ThrottleInterval starts a failing agent every 10 seconds.');
  const { PATH = '', ...variables } = data.EnvironmentVariables ?? {};
  for (const name of clearedVariables) {
    if (variables[name] !== '')
      problems.push(`EnvironmentVariables must set ${name} to an empty text, or a session could set it.`);
  }
  if (PATH.split(':').some((folder) => !/^\/(usr\/)?s?bin$/.test(folder)))
    problems.push('PATH may hold only /usr/bin, /bin, /usr/sbin and /sbin.');
  return problems;
}

import * as z from 'zod';
import { BuildError } from './build-error.ts';
import type { Notary, RunTool, Tool } from './signing.ts';

const verdict = z.object({
  id: z.string(),
  status: z.string(),
  message: z.exactOptional(z.string()),
});

/**
 * Sends a signed package to Apple's notary and waits for the verdict. The status of the answer decides:
 * notarytool ends with 0 for a refused package, too. Throws BuildError with the notary's log.
 */
export function notarize(file: string, notary: Notary, run: RunTool): void {
  const { status: exit, stdout } = run(notarytool(notary, 'submit', file, '--wait'));
  const answer = verdict.safeParse(jsonOf(stdout));
  if (!answer.success)
    throw new BuildError(
      `notarytool ended with status ${exit} and no verdict on the package. It printed: ${firstLines(stdout)}`,
    );
  const { id, status, message = '' } = answer.data;
  if (status === 'Accepted') return;
  const { stdout: log } = run(notarytool(notary, 'log', id));
  throw new BuildError(
    `Apple's notary says "${status}" (${message}) to submission ${id}. Its log:\n${log.trimEnd()}`,
  );
}

function notarytool({ profile, keychain }: Notary, verb: 'submit' | 'log', ...args: string[]): Tool {
  const where = keychain === null ? [] : ['--keychain', keychain];
  // The log is JSON by itself.
  const format = verb === 'submit' ? ['--output-format', 'json'] : [];
  return {
    command: '/usr/bin/xcrun',
    args: ['notarytool', verb, ...args, '--keychain-profile', profile, ...where, ...format],
  };
}

/** Undefined: it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const firstLines = (text: string) => text.trim().split('\n').slice(0, 5).join('\n') || 'nothing';

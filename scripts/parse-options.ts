import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** The command line of a script is wrong. */
export class UsageError extends Error {}

/** Throws UsageError. */
export function parseOptions<const T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The same command under a limit: the kernel refuses every write beyond so many KiB of a file. */
export function underFileLimit(
  command: readonly string[],
  limitKiB: number | undefined,
): readonly [program: string, ...args: string[]] {
  const [program = '', ...args] = command;
  if (limitKiB === undefined) return [program, ...args];
  // bash counts in KiB, sh of some systems in half of it.
  return ['bash', '-c', `ulimit -f ${limitKiB} && exec "$@"`, 'limited', ...command];
}

/** The command under a file size limit: the kernel refuses each write beyond it. */
export function underFileLimit(
  command: readonly string[],
  limitKiB: number | undefined,
): readonly [program: string, ...args: string[]] {
  const [program = '', ...args] = command;
  if (limitKiB === undefined) return [program, ...args];
  // bash counts in KiB, sh of some systems in half of it.
  return ['bash', '-c', `ulimit -f ${limitKiB} && exec "$@"`, 'limited', ...command];
}

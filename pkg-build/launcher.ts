import { keptVariables, systemPath } from '../launchd/environment.ts';

/**
 * Node's options of the command line. Threads that compile cost a report of many Macs 10 MB, and more
 * processor time than they save.
 */
export const commandFlags: readonly string[] = ['--no-concurrent-recompilation'];

/**
 * `bin/psso-monitor`, the target of the link /usr/local/bin/psso-monitor. POSIX sh. It starts the Node beside
 * itself, never one from PATH, with the listed variables of its caller only. `node` is the path of Node in
 * the product's folder.
 */
export function launcher(node = 'bin/node'): string {
  // Absent where the caller has none: an empty NO_COLOR, for example, has a meaning of its own.
  const kept = keptVariables.map((name) => `  \${${name}+"${name}=$${name}"} \\\n`).join('');
  return `#!/bin/sh
# PSSO Monitor's command line, by the package's Node and without the caller's settings for Node.
case $0 in
  /*) self=$0 ;;
  *) self=$PWD/$0 ;;
esac
# A link may lead to a link: follow all of them, or the Node of another folder would run.
while [ -L "$self" ]; do
  target=$(/usr/bin/readlink "$self")
  case $target in
    /*) self=$target ;;
    *) self=\${self%/*}/$target ;;
  esac
done
folder=\${self%/bin/*}
exec /usr/bin/env -i PATH=${systemPath} \\
${kept}  "$folder/${node}" ${commandFlags.join(' ')} "$folder/lib/psso-monitor.mjs" "$@"
`;
}

/**
 * `bin/psso-monitor`, the target of the link /usr/local/bin/psso-monitor. POSIX sh. It starts the Node beside
 * itself, never one from PATH, and removes the variables that change how Node runs.
 */
export function launcher(): string {
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
unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_V8_COVERAGE NODE_COMPILE_CACHE NODE_REPL_EXTERNAL_MODULE
exec "$folder/bin/node" "$folder/lib/psso-monitor.mjs" "$@"
`;
}

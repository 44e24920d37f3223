/**
 * `bin/psso-monitor`, to which /usr/local/bin/psso-monitor is a link. POSIX sh: it finds the Node beside itself and empties
 * what could change that Node's mind. It never looks for a Node in PATH.
 */
export function launcher(): string {
  return `#!/bin/sh
# PSSO Monitor's command line: the Node of the package, and nothing from the caller's own Node settings.
case $0 in
  /*) self=$0 ;;
  *) self=$PWD/$0 ;;
esac
# A link may lead to a link, and from there to another folder's Node.
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

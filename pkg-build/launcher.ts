/**
 * `bin/psso-monitor`, to which /usr/local/bin/psso-monitor is a link. POSIX sh: it finds the Node beside itself and empties
 * what could change that Node's mind. It never looks for a Node in PATH.
 */
export function launcher(): string {
  return `#!/bin/sh
# PSSO Monitor's command line: the Node of the package, and nothing from the caller's own Node settings.
self=$0
if [ -L "$self" ]; then
  self=$(/usr/bin/readlink "$self")
fi
case $self in
  /*) ;;
  *) self=$PWD/$self ;;
esac
folder=\${self%/bin/*}
unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_V8_COVERAGE NODE_REPL_EXTERNAL_MODULE
exec "$folder/bin/node" "$folder/lib/psso-monitor.mjs" "$@"
`;
}

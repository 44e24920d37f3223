/** Only system folders, which no user can write. */
export const systemPath = '/usr/bin:/bin:/usr/sbin:/sbin';

/**
 * Variables that change how a program runs: Node, its libraries, and the dynamic linker. The LaunchAgent sets
 * each to an empty text, which Node, OpenSSL, ICU and dyld take for unset: `launchctl setenv` reaches every
 * agent of a session, and launchd can't start an agent without the session's variables.
 *
 * test/launchd/environment.test.ts compares the list with the variables that the shipped Node knows.
 */
export const clearedVariables = [
  'NODE_BENCH_CONTEXT',
  'NODE_BENCH_FILE_RUN_ID',
  'NODE_BENCH_RUN_ID',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_CLUSTER_SCHED_POLICY',
  'NODE_COMPILE_CACHE',
  'NODE_COMPILE_CACHE_PORTABLE',
  'NODE_COMPILE_CACHE_READONLY',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_DISABLE_COLORS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_ICU_DATA',
  'NODE_INSPECT_RESUME_ON_START',
  'NODE_NO_READLINE',
  'NODE_NO_WARNINGS',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_PENDING_DEPRECATION',
  'NODE_PENDING_PIPE_INSTANCES',
  'NODE_PRESERVE_SYMLINKS',
  'NODE_PRESERVE_SYMLINKS_MAIN',
  'NODE_REDIRECT_WARNINGS',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_REPL_HISTORY',
  'NODE_REPL_HISTORY_SIZE',
  'NODE_REPL_MODE',
  'NODE_SKIP_PLATFORM_CHECK',
  'NODE_TEST_CONTEXT',
  'NODE_TEST_WORKER_ID',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_UNIQUE_ID',
  'NODE_USE_ENV_PROXY',
  'NODE_USE_SYSTEM_CA',
  'NODE_V8_COVERAGE',
  'UNDICI_NO_WASM_SIMD',
  'UV_USE_IO_URING',
  'WATCH_REPORT_DEPENDENCIES',
  'ICU_DATA',
  'OPENSSL_CONF',
  'OPENSSL_ENGINES',
  'OPENSSL_MODULES',
  'SSLKEYLOGFILE',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'SQLITE_TMPDIR',
  'DYLD_FALLBACK_FRAMEWORK_PATH',
  'DYLD_FALLBACK_LIBRARY_PATH',
  'DYLD_FRAMEWORK_PATH',
  'DYLD_INSERT_LIBRARIES',
  'DYLD_LIBRARY_PATH',
  'LD_AUDIT',
  'LD_LIBRARY_PATH',
  'LD_PRELOAD',
] as const;

/** All that the command line gets from its caller. The launcher starts it with nothing else (`env -i`). */
export const keptVariables = [
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'XDG_STATE_HOME',
  'TZ',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'LC_MESSAGES',
  'TERM',
  'COLORTERM',
  'COLUMNS',
  'LINES',
  'NO_COLOR',
  'FORCE_COLOR',
  // Without it, Core Foundation reads the encoding from a file in the home folder.
  '__CF_USER_TEXT_ENCODING',
] as const;

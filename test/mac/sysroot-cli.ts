// The path that docs/contracts.md names, until `psso-monitor simulate` takes its place.
import '../../agent/simulation/sysroot-cli.ts';

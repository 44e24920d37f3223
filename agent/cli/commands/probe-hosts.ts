import { inspectionOf } from '../../mac/probe/inspection-of.ts';
import { probeHosts } from '../../mac/probe/probe-host.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { printJson } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

/**
 * The source `hosts` in a process of its own. Only the agent starts it, with NetworkProbeEnabled and during
 * an issue, so the help does not list it. For a person: `doctor --network`.
 */
export const probeHostsCommand: Subcommand = {
  configure(command, call) {
    command.addHelpText('after', '\nExample:\n  psso-monitor probe-hosts\n');
    call(async () => {
      printJson(inspectionOf(await probeHosts()));
      return exitStatus.done;
    });
  },
};

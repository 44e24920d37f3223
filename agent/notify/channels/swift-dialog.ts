import { type Channel, channelOutcome, notAnOption } from './channel.ts';

/** It ends well all the same when macOS does not let it notify, and says so. */
const refused = /authori[sz]ation is denied|aren't authori[sz]ed|not allowed for this application/i;

/**
 * swiftDialog: a notice with the same identifier replaces the one before, and can be taken back. Before 2.5.6 it knows
 * no identifiers, and would take `--remove` for a notice of its own (swiftDialog/swiftDialog#517).
 */
export const swiftDialog: Channel = {
  name: 'swiftDialog',
  async show(runner, { identifier, title, body }) {
    const text = ['--title', notAnOption(title), '--message', notAnOption(body)];
    const outcome = await runner.run('dialog', ['--notification', '--identifier', identifier, ...text]);
    if (outcome.kind === 'exited' && refused.test(outcome.stdout + outcome.stderr)) {
      return { kind: 'failed', reason: 'swiftDialog is not allowed to notify' };
    }
    return channelOutcome('swiftDialog', outcome);
  },
  async withdraw(runner, identifier) {
    const version = await runner.run('dialog', ['--version']);
    if (version.kind !== 'exited' || knowsNoIdentifiers(version.stdout)) return;
    await runner.run('dialog', ['--notification', '--identifier', identifier, '--remove']);
  },
};

/** `2.5.5.4802` and older; what is not a version tells nothing. */
function knowsNoIdentifiers(printed: string): boolean {
  const version = /^\s*v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(printed);
  if (version === null) return false;
  const [major = 0, minor = 0, patch = 0] = version.slice(1).map((part) => Number(part ?? 0));
  return major * 1e6 + minor * 1e3 + patch < 2_005_006;
}

import { existsSync } from 'node:fs';
import { installed, label } from '../../../launchd/installed-paths.ts';
import { below } from '../../mac/sysroot.ts';
import { type Check, couldNotRun, fail, pass } from '../check.ts';

/** Whether launchd has the agent in this session. Only exit statuses of launchctl are an interface. */
export const launchd: Check = {
  id: 'launchd',
  group: 'agent',
  async run({ runner, sysroot, onMac, uid }) {
    if (!onMac || !existsSync(below(sysroot, installed.launchAgent))) return [];
    const domain = `gui/${uid}`;
    const loaded = await runner.run('launchctl', ['print', `${domain}/${label}`]);
    if (loaded.kind === 'missing') return [couldNotRun('launchctl is not on this Mac.')];
    if (loaded.kind !== 'exited') return [couldNotRun('launchctl did not answer.')];
    if (loaded.status === 0) return [pass('launchd has the agent in this session.')];
    const off = await runner.run('launchctl', ['print-disabled', domain]);
    const disabled =
      off.kind === 'exited' && new RegExp(`"${RegExp.escape(label)}" => (disabled|true)`).test(off.stdout);
    return [
      disabled
        ? fail(
            'The agent is switched off for this user.',
            'Switch it on in System Settings > General > Login Items; a managed login item keeps it on ' +
              '(docs/admin/any-mdm.md).',
          )
        : fail(
            'launchd does not have the agent in this session.',
            `launchctl bootstrap ${domain} ${installed.launchAgent}, or log out and in again.`,
          ),
    ];
  },
};

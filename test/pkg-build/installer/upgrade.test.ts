import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundle, installed } from '../../../launchd/installed-paths.ts';
import { type ScratchMac, type Shell, scratchMac, shells } from '../scratch-mac.ts';
import { samplePayload } from './sample-payload.ts';

const alex = { uid: 501, user: 'alex' };
const sam = { uid: 502, user: 'sam' };
const oldChunk = `${installed.folder}/lib/status-OLD1.mjs`;
const newChunk = `${installed.folder}/lib/status-NEW2.mjs`;

function running(shell: Shell, sessions = [alex]): ScratchMac {
  const mac = scratchMac({ sessions, shell });
  mac.runScript('preinstall');
  mac.install(samplePayload('1.0.0', ['status-OLD1.mjs', 'old/chunk.mjs']));
  expect(mac.runScript('postinstall').status).toBe(0);
  mac.forgetCalls();
  return mac;
}
function upgrade(mac: ScratchMac) {
  expect(mac.runScript('preinstall').status).toBe(0);
  mac.install(samplePayload('2.0.0', ['status-NEW2.mjs']));
  return mac.runScript('postinstall');
}

describe.each(shells)('by %s', (shell) => {
  describe('an upgrade while the agent runs', () => {
    it('waits for the old agent, which ends 3 s after bootout, and starts the new one', () => {
      const mac = running(shell, [alex, sam]);
      mac.launchdOf(501, { bootoutTakes: 3 });
      const { status, stdout } = upgrade(mac);
      expect(status).toBe(0);
      expect(stdout).toContain('User 501: the agent is started.\n');
      expect(stdout).toContain('User 502: the agent is started.\n');
      expect([501, 502].map(mac.starts)).toEqual([2, 2]);
      expect(mac.seconds()).toBe(3);
      // No bootstrap while the old one is there: it would fail, or be lost.
      expect(mac.calls('launchctl').filter(([, verb]) => verb === 'bootstrap')).toHaveLength(2);
    });

    it('removes files of the older version, after every session has the new agent', () => {
      const mac = running(shell, [alex, sam]);
      mac.write(`${installed.folder}/notes.txt`, 'an admin’s own');
      const { stdout } = upgrade(mac);
      expect(stdout).toContain('Removed what an older version left: 3 files.');
      expect(mac.exists(oldChunk) || mac.exists(`${installed.folder}/lib/old`)).toBe(false);
      expect(mac.exists(newChunk)).toBe(true);
      expect(mac.exists(`${installed.folder}/notes.txt`)).toBe(true);
      const order = mac.calls().map(([name, verb]) => (name === 'launchctl' ? verb : name));
      expect(order.indexOf('rm')).toBeGreaterThan(order.lastIndexOf('bootstrap'));
    });
  });

  describe('an upgrade to a package with another signature', () => {
    const install = (mac: ScratchMac, own: boolean) => {
      mac.install(samplePayload('2.0.0', [], own));
      return mac.runScript('postinstall');
    };

    it('leaves one Node: that of the bundle, or that of nodejs.org', () => {
      const mac = running(shell);
      const nodes = () => [installed.node, bundle.node].map(mac.exists);
      expect([install(mac, true).status, nodes()]).toEqual([0, [false, true]]);
      expect([install(mac, false).status, nodes()]).toEqual([0, [true, false]]);
      expect(mac.exists(`${installed.folder}/${bundle.name}`)).toBe(false);
    });

    it('finds a session without Finder and Dock by the agent in the bundle', () => {
      const mac = running(shell);
      mac.quitFinderAndDock();
      mac.addProcess(501, mac.path(bundle.node));
      expect(install(mac, true).stdout).toContain('User 501: the agent is started.\n');
      expect(mac.runScript('uninstall.sh', []).stdout).toContain('User 501: the agent is stopped.\n');
      expect(mac.exists(installed.folder)).toBe(false);
    });
  });

  describe('an upgrade', () => {
    it('stops and removes nothing before the files are in place', () => {
      const mac = running(shell);
      expect(mac.runScript('preinstall').status).toBe(0);
      expect(mac.calls('launchctl').concat(mac.calls('rm'), mac.calls('chmod'))).toEqual([]);
      expect(mac.isLoaded(501) && mac.exists(oldChunk)).toBe(true);
    });

    it('restarts an agent in place that does not end', () => {
      const mac = running(shell);
      mac.launchdOf(501, { bootoutTakes: 1000 });
      const { status, stdout } = upgrade(mac);
      expect(status).toBe(0);
      expect(stdout).toContain('User 501: the old agent did not end by itself; launchd restarted it.');
      expect(mac.starts(501)).toBe(2);
      expect(mac.exists(oldChunk)).toBe(false);
    });

    it('keeps the old files while an old agent may need them, until the next installation', () => {
      const mac = running(shell);
      mac.launchdOf(501, { bootoutTakes: 1000, kickstartFails: true });
      const { status, stdout } = upgrade(mac);
      expect(status).toBe(0);
      expect(stdout).toContain('User 501: the old agent does not end. The new one starts at the next login.');
      expect(stdout).toContain('Files of the older version stay until the next installation');
      expect(mac.exists(oldChunk)).toBe(true);

      mac.launchdOf(501, { bootoutTakes: 0 });
      mac.advance(1000);
      expect(mac.runScript('postinstall').stdout).toContain('Removed what an older version left: 3 files.');
      expect(mac.exists(oldChunk)).toBe(false);
    });

    it('finds a session without Finder and Dock by its agent', () => {
      const mac = running(shell);
      mac.quitFinderAndDock();
      mac.addProcess(501, mac.path(installed.node));
      upgrade(mac);
      expect(mac.starts(501)).toBe(2);
    });

    it('ends an agent that was switched off, and starts none', () => {
      const mac = running(shell);
      mac.launchdOf(501, { disabled: 'disabled' });
      upgrade(mac);
      expect(mac.isLoaded(501)).toBe(false);
      expect(mac.starts(501)).toBe(1);
    });

    it('works for a downgrade, too', () => {
      const mac = running(shell);
      upgrade(mac);
      mac.install(samplePayload('1.0.0', ['status-OLD1.mjs']));
      expect(mac.runScript('postinstall').status).toBe(0);
      expect(mac.exists(newChunk)).toBe(false);
      expect(readFileSync(mac.path(installed.entry), 'utf8')).toBe('// 1.0.0');
      expect(mac.starts(501)).toBe(3);
    });
  });
});

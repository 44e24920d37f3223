import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { below } from '../../agent/mac/sysroot.ts';
import { SystemFiles } from '../../agent/mac/system-files.ts';
import { installFile, temporarySysroot } from './temporary-sysroot.ts';

const path = '/Library/Managed Preferences/example.plist';

/** Root may read everything, so a test that runs as root gives that up for a moment. */
async function asOrdinaryUser<T>(action: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return await action();
  process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a file of the Mac', () => {
  it('is read whole, from below the sysroot', async () => {
    const sysroot = await temporarySysroot();
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 251));
    await installFile(sysroot, path, content);
    await installFile(sysroot, '/empty', '');
    const file = await new SystemFiles(sysroot).read(path);
    expect(file.ok && Buffer.compare(file.value, content)).toBe(0);
    expect(await new SystemFiles(sysroot).read('/empty')).toEqual({ ok: true, value: new Uint8Array(0) });
    expect(await new SystemFiles(null).read(join(sysroot, path))).toEqual(file);
  });

  it('is missing when it or a folder on the way is not there', async () => {
    const sysroot = await temporarySysroot();
    await installFile(sysroot, '/Library', 'a file where a folder should be');
    const files = new SystemFiles(sysroot);
    expect(await files.read('/nowhere')).toMatchObject({ ok: false, reason: 'missing' });
    expect(await files.read(path)).toMatchObject({ ok: false, reason: 'missing' });
  });

  it('is the present content after any number of reads', async () => {
    const sysroot = await temporarySysroot();
    const files = new SystemFiles(sysroot);
    const text = async () => {
      const file = await files.read(path);
      return file.ok ? Buffer.from(file.value).toString() : file.reason;
    };
    for (const content of ['one', 'two', 'twelve']) {
      await installFile(sysroot, path, content);
      expect(await text()).toBe(content);
      expect(await text()).toBe(content);
    }
    await rm(join(sysroot, path));
    expect(await text()).toBe('missing');
  });

  it('is refused when it is larger than it may be', async () => {
    const sysroot = await temporarySysroot();
    await installFile(sysroot, path, 'x'.repeat(11));
    const files = new SystemFiles(sysroot);
    expect(await files.read(path, 10)).toMatchObject({ ok: false, reason: 'malformed' });
    expect(await files.read(path, 11)).toMatchObject({ ok: true });
    await installFile(sysroot, path, 'x'.repeat(256 * 1024 + 1));
    expect(await files.read(path)).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it('is refused when it is a folder, a pipe or a loop, and never waits for one', async () => {
    const sysroot = await temporarySysroot();
    await mkdir(join(sysroot, 'folder'));
    execFileSync('mkfifo', [join(sysroot, 'pipe')]);
    await symlink('loop', join(sysroot, 'loop'));
    for (const name of ['/folder', '/pipe', '/loop']) {
      expect(await new SystemFiles(sysroot).read(name)).toMatchObject({ ok: false, reason: 'malformed' });
    }
  });

  it('is denied when macOS says so', async () => {
    const sysroot = await temporarySysroot();
    await installFile(sysroot, path, 'secret', 0o000);
    const reading = await asOrdinaryUser(() => new SystemFiles(sysroot).read(path));
    expect(reading).toMatchObject({ ok: false, reason: 'denied' });
  });

  it('never has its folder, which may hold a name, in a failure', async () => {
    const failure = await new SystemFiles(await temporarySysroot()).read('/Users/alex/Library/x.json');
    expect(JSON.stringify(failure)).not.toContain('alex');
  });
});

describe('below a sysroot', () => {
  it.each([
    ['/usr/bin/app-sso', '/sim/usr/bin/app-sso'],
    ['/../../etc/passwd', '/sim/etc/passwd'],
    ['../../etc/passwd', '/sim/etc/passwd'],
    ['/usr/../../../etc', '/sim/etc'],
    ['/Users/./alex/.ssh', '/sim/Users/alex/.ssh'],
    ['/', '/sim/'],
  ])('%s is %s', (absolutePath, expected) => {
    expect(below('/sim', absolutePath)).toBe(expected);
  });

  it('may be a relative folder: commands start elsewhere', () => {
    expect(below('sim', '/usr/bin/app-sso')).toBe(join(process.cwd(), 'sim/usr/bin/app-sso'));
  });

  it('a Mac itself has none', () => {
    expect(below(null, '/usr/bin/app-sso')).toBe('/usr/bin/app-sso');
  });
});

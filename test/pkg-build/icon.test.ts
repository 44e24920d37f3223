import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { icon } from '../../pkg-build/icon.ts';
import { sha256 } from '../../pkg-build/write-whole.ts';
import { realTool } from './real-tool.ts';

test('the icon is one file of pictures for each size, that other programs read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-icon-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'icon.icns');
  writeFileSync(file, icon());
  const run = (tool: string, ...args: string[]) =>
    execFileSync(realTool(tool), args, { cwd: folder, encoding: 'utf8' });
  expect(run('file', '-b', file)).toMatch(/^Mac OS X icon/);
  run('icns2png', '-x', file);
  const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'));
  expect(pictures.map((name) => run('file', '-b', join(folder, name)).trim()).sort()).toEqual([
    'PNG image data, 256 x 256, 8-bit/color RGBA, non-interlaced',
    'PNG image data, 512 x 512, 8-bit/color RGBA, non-interlaced',
  ]);
});

test('the icon has the same bytes each time', () => {
  expect(sha256(icon())).toBe(sha256(icon()));
});

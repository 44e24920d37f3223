import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { takePictures } from '../../scripts/pictures/take-pictures.ts';
import { needsLinux } from '../helpers/needs.ts';
import { browserForTests } from '../report/browser.ts';

const images = fileURLToPath(new URL('../../docs/images', import.meta.url));
const contents = z
  .object({ texts: z.record(z.string(), z.array(z.string())), sha256: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(images, 'contents.json'), 'utf8')));

describe('the pictures of the README', () => {
  const browser = browserForTests();

  test('are the files that npm run pictures made', () => {
    const pictures = readdirSync(images).filter((name) => name.endsWith('.png'));
    expect(pictures.toSorted()).toEqual(Object.keys(contents.sha256).toSorted());
    for (const name of pictures) {
      const sha256 = createHash('sha256')
        .update(readFileSync(join(images, name)))
        .digest('hex');
      expect({ name, sha256 }).toEqual({ name, sha256: contents.sha256[name] });
    }
    const readme = readFileSync(join(images, '../../README.md'), 'utf8');
    for (const name of pictures) expect(readme).toContain(`docs/images/${name}`);
  });

  describe('and the product of today', () => {
    needsLinux('script(1) of util-linux makes the terminal');

    test('say the same (otherwise: npm run pictures)', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-pictures-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const { texts } = await takePictures(browser(), folder);
      expect(texts).toEqual(contents.texts);
    });
  });
});

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser } from '../test/report/start-browser.ts';
import { takePictures } from './pictures/take-pictures.ts';

/**
 * `npm run pictures` makes the pictures of the README in docs/images: the product in a terminal and in a
 * browser, on a recorded scenario, at a fixed time. It writes the text on them to contents.json, which a test
 * compares with the text of today. Needs Linux, and Chromium at the path of Debian or in CHROMIUM.
 */
const images = fileURLToPath(new URL('../docs/images', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-pictures-'));
const browser = await startBrowser();
try {
  const taken = await takePictures(browser, folder);
  mkdirSync(images, { recursive: true });
  const sha256: Record<string, string> = {};
  for (const [name, image] of taken.images) {
    writeFileSync(join(images, name), image);
    sha256[name] = createHash('sha256').update(image).digest('hex');
  }
  writeFileSync(
    join(images, 'contents.json'),
    `${JSON.stringify({ texts: taken.texts, sha256 }, null, 2)}\n`,
  );
  console.log(`Made the pictures in ${images}.`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

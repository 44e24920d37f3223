import { pathToFileURL } from 'node:url';
import { startBrowser } from '../../test/report/start-browser.ts';

/** How long a browser takes from the address of a page to the first row of a table, in seconds, each time. */
export async function openedPage(path: string, times = 3): Promise<number[]> {
  const browser = await startBrowser();
  try {
    const seconds: number[] = [];
    for (let time = 0; time < times; time++) {
      const page = await browser.newPage();
      const began = performance.now();
      await page.goto(pathToFileURL(path).href);
      await page.waitForSelector('tbody tr', { state: 'attached' });
      seconds.push((performance.now() - began) / 1000);
      await page.close();
    }
    return seconds;
  } finally {
    await browser.close();
  }
}

import { type Browser, chromium } from 'playwright-core';

/** Chromium's engine without windows, which would take more processor time than most pages. */
export const debianChromium = '/usr/bin/chromium-headless-shell';

/** Chromium without its own network requests: of Debian, or at the path in CHROMIUM. */
export async function startBrowser(
  executablePath = process.env.CHROMIUM ?? debianChromium,
): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

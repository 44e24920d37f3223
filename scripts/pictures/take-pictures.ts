import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { pictureTime, runScenario, terminalSize, timeZone } from './run-scenario.ts';

const nodeModules = createRequire(import.meta.url);
const terminalScript = nodeModules.resolve('@xterm/xterm/lib/xterm.js');
const terminalStyle = nodeModules.resolve('@xterm/xterm/css/xterm.css');

/** Colours with the contrast of WCAG AA on their background. */
const themes = {
  light: {
    background: '#ffffff',
    foreground: '#1d1d1f',
    cursor: '#ffffff',
    red: '#b3261e',
    green: '#0a7a3b',
    yellow: '#8a5a00',
    cyan: '#006b8f',
    magenta: '#8e24aa',
  },
  dark: {
    background: '#1e1e20',
    foreground: '#f2f2f4',
    cursor: '#1e1e20',
    red: '#ff7b72',
    green: '#6fdc8c',
    yellow: '#f1c21b',
    cyan: '#82cfff',
    magenta: '#e3a1f7',
  },
} as const;
type Theme = keyof typeof themes;

const viewport = { width: 1040, height: 1400 };
/** Below the last part of the report, as between its parts. */
const margin = 16;

export interface Pictures {
  /** The text on each picture, line by line, without the version of the product. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** By file name. */
  readonly images: ReadonlyMap<string, Buffer>;
}

/** Takes the pictures of the README: the terminal with `status`, and the report, in light and dark. */
export async function takePictures(browser: Browser, folder: string): Promise<Pictures> {
  const { terminal } = await runScenario(folder);
  const texts: Record<string, readonly string[]> = {};
  const images = new Map<string, Buffer>();
  for (const theme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport,
      deviceScaleFactor: 1.25,
      timezoneId: timeZone,
      locale: 'en-GB',
      colorScheme: theme,
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(pictureTime);

    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    await page.waitForSelector('main canvas');
    const { text, height } = await upToTimeline(page);
    texts.report = linesOf(text);
    const clip = { x: 0, y: 0, width: viewport.width, height: Math.round(height + margin) };
    images.set(`report-${theme}.png`, await page.screenshot({ clip, fullPage: true }));

    texts.status = linesOf(await openTerminal(page, folder, terminal, theme));
    images.set(`status-${theme}.png`, await page.locator('#terminal').screenshot());
    await context.close();
  }
  return { texts, images };
}

/** Opens a page with a terminal emulator that received this output; returns the text on its screen. */
async function openTerminal(page: Page, folder: string, output: string, theme: Theme): Promise<string> {
  const file = join(folder, 'terminal.html');
  const colours = themes[theme];
  const options = {
    cols: terminalSize.columns,
    rows: terminalSize.rows,
    theme: colours,
    fontFamily: '"DejaVu Sans Mono", Menlo, monospace',
    fontSize: 15,
    lineHeight: 1.25,
    cursorInactiveStyle: 'none',
    scrollback: 0,
  };
  writeFileSync(
    file,
    `<!doctype html>
<meta charset="utf-8">
<style>
${readFileSync(terminalStyle, 'utf8')}
body { margin: 0 }
#terminal * { background-color: transparent !important }
#terminal { display: inline-block; padding: 16px 20px; background: ${colours.background} }
</style>
<div id="terminal"></div>
<script>${readFileSync(terminalScript, 'utf8')}</script>
<script>
  const terminal = new Terminal(${JSON.stringify(options)});
  terminal.open(document.getElementById('terminal'));
  terminal.write(${JSON.stringify(output).replaceAll('<', '\\u003c')}, () => {
    const used = terminal.buffer.active.cursorY;
    terminal.resize(terminal.cols, used + 1);
    const lines = [];
    for (let row = 0; row < used; row += 1) lines.push(terminal.buffer.active.getLine(row).translateToString(true));
    requestAnimationFrame(() => requestAnimationFrame(() => { document.body.dataset.text = lines.join('\\n'); }));
  });
</script>
`,
  );
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('body[data-text]');
  return (await page.locator('body').getAttribute('data-text')) ?? '';
}

/** The parts of the report that are on the picture: all until the timeline, at any size of the font. */
async function upToTimeline(page: Page): Promise<{ text: string; height: number }> {
  const texts: string[] = [];
  let height = 0;
  for (const part of await page.locator('header, main > *').all()) {
    texts.push(await part.innerText());
    const box = await part.boundingBox();
    height = box === null ? height : box.y + box.height;
    if ((await part.getAttribute('id')) === 'timeline') break;
  }
  return { text: texts.join('\n'), height };
}

/** The version changes with each release, and the pictures need not. */
function linesOf(text: string): string[] {
  return text
    .replaceAll(/PSSO Monitor \d+\.\d+\.\d+(?:-rc\.\d+)?/g, 'PSSO Monitor')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

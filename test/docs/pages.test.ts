import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Snippet, snippets } from '../shell/shell-texts.ts';
import { PageScratches } from './page-scratch.ts';

/**
 * Every command of every page is tried. The words after ```sh say by whom:
 * nothing: here, with exit status 0; `exits-1`: here, each psso-monitor with that exit status; `mac`: only a
 * Mac can; `needs PROGRAM`: neither this project nor a Mac brings the program; a path: that test runs it.
 * A block of text that follows is what the commands print, … for what differs.
 */

const blocks = snippets();
const commands = blocks.filter(({ language }) => language === 'sh');
const runHere = ({ mark }: Snippet) => mark === '' || mark.startsWith('exits-');

/** The text that a page shows below a block, as what its commands print. */
function shownBelow(block: Snippet): string[] {
  const next = blocks[blocks.indexOf(block) + 1];
  if (next?.language !== 'text' || next.page !== block.page) return [];
  return next.text.split('\n').filter((line) => line.trim() !== '');
}

const scratches = new PageScratches();
beforeAll(() => scratches.prepare());
afterAll(() => scratches.delete());

const pages = [...new Set(commands.filter(runHere).map(({ page }) => page))];

describe('the commands of the pages', () => {
  test.concurrent.each(pages)('%s', async (page) => {
    const { work, env } = scratches.scratch();
    for (const block of commands.filter((one) => one.page === page && runHere(one))) {
      const expected = block.mark.replace('exits-', '') || '0';
      const { status, stdout, stderr } = await ran(block.text, work, { ...env, EXPECTED: expected });
      expect(status, `${block.name} in ${work}\n${stderr}`).toBe(0);
      for (const line of shownBelow(block)) expect(stdout).toMatch(patternOf(line));
    }
  });
});

async function ran(text: string, cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn('sh', ['-e', '-c', text], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const [status] = await closed;
  return { status, stdout, stderr };
}

/** A shown line, with … for anything. */
function patternOf(line: string): RegExp {
  return new RegExp(line.trim().split('…').map(RegExp.escape).join('.*'));
}

import type { Plugin } from 'esbuild';
import type { PageParts } from '../agent/report/build-page.ts';

/** Puts the finished page of a report where a checkout would build it, so that the bundle needs no bundler. */
export function reportPage(parts: PageParts): Plugin {
  return {
    name: 'report-page',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]agent[/\\]report[/\\]build-page\.ts$/ }, () => ({
        contents: `const parts = ${JSON.stringify(parts)};\nexport const pageParts = async () => parts;`,
        loader: 'js',
      }));
    },
  };
}

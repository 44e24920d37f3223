import type { Plugin } from 'esbuild';
import type { PageParts } from '../agent/report/page-parts.ts';

/** Replaces the build of a report's page by the finished page, so that the bundle needs no bundler. */
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

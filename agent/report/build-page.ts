import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { readCachedPage, writeCachedPage } from './cached-page.ts';
import type { PageParts } from './page-parts.ts';

/**
 * The page of this checkout, which is built when its code has changed. The shipped bundle replaces this
 * module by its result (pkg-build/report-page.ts), so a Mac needs no bundler.
 */
export async function pageParts(): Promise<PageParts> {
  const cached = readCachedPage();
  if (cached !== null) return cached;
  const { parts, metafile } = await buildPage();
  writeCachedPage(parts, Object.keys(metafile.inputs));
  return parts;
}

/** Builds the page's code from a checkout. The metafile lists its inputs. */
export async function buildPage(): Promise<{ readonly parts: PageParts; readonly metafile: Metafile }> {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: ['agent/report/page/index.ts', 'agent/report/page/style.css'],
    outdir: 'out',
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    // Safari of macOS 13.
    target: ['es2022', 'safari16'],
    legalComments: 'none',
    banner: {
      js: '/*! Drawn by Apache ECharts (Apache-2.0), with ZRender (BSD-3-Clause) and tslib (0BSD). */',
    },
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { parts: { script: textOf('.js'), style: textOf('.css') }, metafile };
}

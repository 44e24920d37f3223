import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FleetSummary } from '../fleet/fleet-output.ts';
import { version } from '../shared/version.ts';
import { type PageParts, pageParts } from './build-page.ts';
import type { FleetReport, MacReport } from './report.ts';

let made: Promise<PageParts> | null = null;

/** The report of one Mac as one HTML file that needs nothing else. */
export async function macReportHtml(report: MacReport): Promise<string> {
  return pageOf('Platform SSO on this Mac', report);
}

/** The same of a whole fleet. */
export async function fleetReportHtml(summary: FleetSummary): Promise<string> {
  const generatedAt = Date.parse(summary.generatedAt);
  return pageOf('Platform SSO in this fleet', { kind: 'fleet', generatedAt, version, summary });
}

async function pageOf(title: string, data: MacReport | FleetReport): Promise<string> {
  made ??= pageParts();
  const { script, style } = await made;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${title}</h1></header>
<main><noscript><p>This page is drawn by a script that it brings along. Allow scripts to see it; nothing is loaded from elsewhere.</p></noscript></main>
<footer></footer>
<script type="application/gzip" id="report">${packed(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Our own script and style, and no network. ECharts sets styles of its elements through the DOM, which this does not forbid. */
function policyFor(script: string, style: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
}

/**
 * JSON, compressed, in base64: a hundred thousand events are 2 MB instead of 19, which a mail takes, and no text of them can
 * be taken for markup.
 */
function packed(data: MacReport | FleetReport): string {
  return gzipSync(JSON.stringify(data)).toString('base64');
}

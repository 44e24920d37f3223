import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ListedSummary } from '../fleet/fleet-output.ts';
import { chunksOf, jsonPieces } from '../shared/json-pieces.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { version } from '../shared/version.ts';
import { en } from '../texts/en.ts';
import { pageParts } from './build-page.ts';
import { htmlFrame } from './html-document.ts';
import type { PageParts } from './page-parts.ts';
import type { FleetReport, MacReport } from './report.ts';
import { cspHash, escapedHtml } from './safe-html.ts';

/** A fleet's list need not be in memory; the page gets it as an array. */
type PageData = MacReport | (Omit<FleetReport, 'summary'> & { readonly summary: ListedSummary });

/** The report of one Mac as one self-contained HTML file. `parts`: for a caller that writes many pages. */
export async function macReportHtml(report: MacReport, parts?: PageParts): Promise<string> {
  const { mac, file } = report.subject;
  const { labels, language } = report;
  const title = labels.title.replace('{mac}', () => mac ?? file ?? labels.thisMac);
  const pieces = await Array.fromAsync(pageOf(parts ?? (await pageParts()), title, report, language));
  return pieces.join('');
}

/** The report of a fleet as one self-contained HTML file, in pieces. */
export async function* fleetReportHtml(
  summary: ListedSummary,
  pages: FleetReport['pages'] = {},
): AsyncGenerator<string, void> {
  const generatedAt = Date.parse(summary.generatedAt);
  yield* pageOf(await pageParts(), 'Platform SSO in this fleet', {
    kind: 'fleet',
    labels: en.report,
    generatedAt,
    version,
    summary,
    pages,
  });
}

async function* pageOf(
  { script, style }: PageParts,
  plainTitle: string,
  data: PageData,
  language = 'en',
): AsyncGenerator<string, void> {
  // A Mac's name comes from a file's name.
  const title = escapedHtml(sanitiseLine(plainTitle, 120));
  const policy = policyFor(script, style);
  const { before, after } = htmlFrame({ language, title, policy, style });
  yield `${before}<main><noscript><p>${escapedHtml(data.labels.noScript)}</p></noscript></main>
<footer></footer>
<script type="application/gzip" id="report">`;
  yield* packed(data);
  yield `</script>
<script>${script}</script>${after}`;
}

/**
 * Allows the page's own script and style, and no network. ECharts sets styles through the DOM, which is
 * allowed.
 */
function policyFor(script: string, style: string): string {
  return `default-src 'none'; script-src ${cspHash(script)}; style-src ${cspHash(style)}; base-uri 'none'; form-action 'none'`;
}

/**
 * Compressed JSON in base64. A hundred thousand events take 2 MB instead of 19, which fits into a mail, and
 * no text can become markup. A list of many Macs is read, compressed and written in parts.
 */
async function* packed(data: PageData): AsyncGenerator<string, void> {
  // An error of a part destroys the stream, and so reaches its reader.
  const compressed = pipeline(Readable.from(chunksOf(jsonPieces(data))), createGzip(), () => {});
  let rest = Buffer.alloc(0);
  for await (const chunk of compressed) {
    const bytes = Buffer.concat([rest, chunk]);
    // Three bytes are four characters.
    const whole = bytes.length - (bytes.length % 3);
    yield bytes.toString('base64', 0, whole);
    rest = bytes.subarray(whole);
  }
  yield rest.toString('base64');
}

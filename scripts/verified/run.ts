import * as z from 'zod';

const result = z
  .enum(['passed', 'failed', 'notPossibleHere'])
  .describe('`notPossibleHere` says nothing about the product: what is needed was not there.');
const text = z.string().nullable();

/** What `check-on-mac.sh --json` writes: one run on one Mac. */
export const verifiedRun = z
  .strictObject({
    format: z.literal(1),
    at: z.iso.datetime().describe('When the run began; UTC.'),
    commit: text.describe('The commit that was built; null: unknown.'),
    product: text.describe('What `psso-monitor version` says; null: it was not installed.'),
    mac: z.strictObject({
      macos: text.describe('Such as 26.5.2.'),
      build: text,
      hardware: text.describe('The model, such as Mac16,1; a virtual Mac is VirtualMac2,1.'),
      architecture: text.describe('arm64 or x86_64.'),
      virtual: z.boolean().nullable(),
      integrityProtection: text.describe('System Integrity Protection: on, off or unknown.'),
      session: text.describe(
        '`window` or `none`: whether the user has a window session, without which no agent runs; then the kind of session that the checks ran in.',
      ),
      image: text.describe("GitHub's name and version of a runner's image; null: no runner."),
    }),
    lines: z.array(
      z.strictObject({
        id: z.string().describe('A line of docs/unverified-on-mac.md.'),
        result: result.describe(
          'The worst of its checks: failed before not possible, and that before passed.',
        ),
        checks: z.array(z.strictObject({ what: z.string(), result, found: z.string() })).min(1),
      }),
    ),
  })
  .describe(
    'One run of check-on-mac.sh on one Mac: every line of docs/unverified-on-mac.md, and what was found.',
  );
export type VerifiedRun = z.infer<typeof verifiedRun>;

/** docs/verified-on-mac.json: the newest run of each kind of Mac. */
export const verifiedRuns = z.strictObject({ format: z.literal(1), runs: z.array(verifiedRun) });

/** The JSON Schema of one run, the file beside the page. */
export function verifiedRunSchema(): string {
  const schema = z.toJSONSchema(verifiedRun, { target: 'draft-2020-12' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Runs with an equal value are of the same kind of Mac: the newer one counts. */
const kindOf = ({ mac }: VerifiedRun) => [mac.macos, mac.hardware, mac.architecture].join(' ');

/** The newest run of each kind of Mac, the oldest macOS first. */
export function newestOfEachKind(runs: readonly VerifiedRun[]): VerifiedRun[] {
  const newest = new Map<string, VerifiedRun>();
  for (const run of [...runs].sort((a, b) => a.at.localeCompare(b.at))) newest.set(kindOf(run), run);
  return [...newest.values()].sort((a, b) => kindOf(a).localeCompare(kindOf(b), 'en', { numeric: true }));
}

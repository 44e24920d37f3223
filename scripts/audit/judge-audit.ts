import * as z from 'zod';

const answer = z.object({
  auditReportVersion: z.int(),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      via: z.array(
        z.union([z.string(), z.object({ title: z.string(), url: z.string(), range: z.string() })]),
      ),
    }),
  ),
  metadata: z.object({ dependencies: z.object({ total: z.int() }) }),
});

const refusal = z.object({ message: z.string() });

/** A sentence for each package with an advisory; `notAnswered` is the reason why this is unknown. */
interface Audit {
  readonly advisories: readonly string[];
  readonly notAnswered: string | null;
}

/** Judges the output of `npm audit --json`. An output that is no report is no answer, never "no advisory". */
export function judgeAudit(stdout: string, stderr: string): Audit {
  const parsed = asJson(stdout);
  const report = answer.safeParse(parsed);
  if (!report.success) {
    const said = refusal.safeParse(parsed);
    const [first = ''] = stderr.trim().split('\n');
    return {
      advisories: [],
      notAnswered: said.success ? said.data.message : first || 'npm audit printed no report',
    };
  }
  const { vulnerabilities, metadata } = report.data;
  if (metadata.dependencies.total === 0)
    return { advisories: [], notAnswered: 'npm audit knows no installed package' };
  const advisories = Object.entries(vulnerabilities).map(([name, { severity, via }]) => {
    const why = via.map((one) =>
      typeof one === 'string' ? `by ${one}` : `${one.range}: ${one.title} (${one.url})`,
    );
    return `${severity}: ${name} ${why.join('; ')}`;
  });
  return { advisories, notAnswered: null };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

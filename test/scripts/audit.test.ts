import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { judgeAudit } from '../../scripts/audit/judge-audit.ts';

const script = fileURLToPath(new URL('../../scripts/audit.ts', import.meta.url));

/** A registry that answers the request for advisories like this; `asked` are the names in the request. */
async function registry(status: number, body: unknown): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const advisories = request.url?.endsWith('/advisories/bulk') === true;
      if (advisories) {
        const bytes = Buffer.concat(chunks);
        const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
        asked.push(...Object.keys(JSON.parse(text.toString('utf8'))));
      }
      response.writeHead(advisories ? status : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(advisories ? body : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/`, asked };
}

async function audit(url: string): Promise<{ status: number | string | null | undefined; stdout: string }> {
  return await new Promise((resolve) => {
    const env = { ...process.env, npm_config_registry: url };
    execFile(process.execPath, [script], { env }, (error, stdout) =>
      resolve({ status: error === null ? 0 : error.code, stdout }),
    );
  });
}

test('no advisory: every package of the lockfiles was asked for', async () => {
  const { url, asked } = await registry(200, {});
  expect(await audit(url)).toEqual({
    status: 0,
    stdout:
      'audit: no advisory about a package of the lockfile\n' +
      'audit of site/: no advisory about a package of the lockfile\n' +
      'audit of test/clickhouse/: no advisory about a package of the lockfile\n',
  });
  expect(asked).toEqual(
    expect.arrayContaining(['better-sqlite3', 'zod', 'pino', 'vitest', 'echarts', 'vitepress', 'chdb']),
  );
});

test('an advisory fails, with its name and address', async () => {
  const advisory = {
    id: 1,
    url: 'https://example.com/advisory',
    title: 'A planted fault',
    severity: 'high',
    vulnerable_versions: '<99.0.0',
    cwe: [],
    cvss: { score: 0, vectorString: null },
  };
  const { url } = await registry(200, { pino: [advisory] });
  const { status, stdout } = await audit(url);
  expect(status).toBe(1);
  expect(stdout).toContain('audit: high: pino <99.0.0: A planted fault (https://example.com/advisory)');
});

test('a registry that has no audit is "not answered", which is no success in words', async () => {
  const { url } = await registry(405, { error: 'no' });
  const { status, stdout } = await audit(url);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^audit: not answered: 405 Method Not Allowed.*\naudit of site\/: not answered: 405/,
  );
});

test.each([
  ['nothing', '', 'npm error network', 'npm error network'],
  ['nothing at all', '', '', 'npm audit printed no report'],
  ['no report', '{"vulnerabilities":{}}', '', 'npm audit printed no report'],
  [
    'a report of no package',
    '{"auditReportVersion":2,"vulnerabilities":{},"metadata":{"dependencies":{"total":0}}}',
    '',
    'npm audit knows no installed package',
  ],
])('%s is no answer', (_, stdout, stderr, why) => {
  expect(judgeAudit(stdout, stderr)).toEqual({ advisories: [], notAnswered: why });
});

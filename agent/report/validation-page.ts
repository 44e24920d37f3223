import { localDateTime, localTime, timeZone, withLocalTimes } from '../shared/local-time.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { version } from '../shared/version.ts';
import type { ValidationOutput, ValidationStep } from '../validation/validation-output.ts';
import { resultWords, validationWords } from '../validation/validation-words.ts';
import { pageParts } from './build-page.ts';
import { htmlDocument } from './html-document.ts';
import type { ReportSubject } from './report.ts';
import { cspHash, escapedHtml } from './safe-html.ts';

type Result = ValidationStep['result'] | ValidationOutput['result'];

/** The classes and signs of the report's page: colour alone is not accessible. */
const tones: Readonly<Record<Result, readonly [tone: string, sign: string]>> = {
  passed: ['good', '✓'],
  failed: ['bad', '✕'],
  skipped: ['quiet', '–'],
  'not-seen': ['notice', '…'],
  'not-possible': ['quiet', '–'],
  unknown: ['unknown', '?'],
  incomplete: ['notice', '…'],
};

/**
 * The result of a validation as one HTML file, for a change board. It has the style of the report and no
 * script: times are local times of the Mac that made it. Texts may come from a database that its user can
 * change.
 */
export async function validationHtml(output: ValidationOutput, subject: ReportSubject): Promise<string> {
  const { style } = await pageParts();
  const title = 'Validation of Platform SSO';
  const policy = `default-src 'none'; style-src ${cspHash(style)}; base-uri 'none'; form-action 'none'`;
  const body = `<main>
${headline(output)}
${facts(output, subject)}
${table(output)}
${output.steps.map(detail).join('\n')}
</main>
<footer><p>Made by PSSO Monitor ${text(version)} at ${time(output.judgedAt)}. Times in ${text(timeZone())}.</p></footer>`;
  return htmlDocument({ language: 'en', title, policy, style, body });
}

function headline({ result, headlineText, steps }: ValidationOutput): string {
  const [tone, sign] = tones[result];
  const counts = Object.entries(validationWords).flatMap(([name, word]) => {
    const count = steps.filter((step) => step.result === name).length;
    return count === 0 ? [] : [`${count} ${word.toLowerCase()}`];
  });
  return `<section class="headline ${tone}" aria-labelledby="result">
<span class="sign" aria-hidden="true">${sign}</span>
<div><h2 id="result" class="big">${resultWords[result]}</h2>
<p>${counts.join(', ')}.</p>
<p>Sign-in on this Mac: ${text(headlineText)}</p></div>
</section>`;
}

function facts(output: ValidationOutput, { mac, file }: ReportSubject): string {
  const { judgedFrom, startedAt, since, lastPollAt, agentRuns, agentVersion } = output;
  const walk = `a walk${startedAt === null ? '' : ` that began at ${time(startedAt)}`}`;
  const rows: readonly (readonly [name: string, html: string])[] = [
    ...(mac === null ? [] : [['Mac', text(mac)] as const]),
    ...(file === null ? [] : [['History', text(file)] as const]),
    ['Judged at', time(output.judgedAt)],
    ['Judged by', judgedFrom === 'walk' ? walk : 'the recorded history alone'],
    ['Counted', since === null ? 'the whole history' : `since ${time(since)}`],
    ['Last poll', lastPollAt === null ? 'unknown' : time(lastPollAt)],
    ['Agent', `${text(agentVersion || 'unknown')}, ${agentRuns ? 'running' : 'not running'}`],
    ['macOS', text(output.macos || 'unknown')],
    ['Company Portal', text(output.companyPortal || 'unknown')],
    ['Identity provider', text(output.identityProvider || 'unknown')],
    ['Sign-in method', text(output.method || 'unknown')],
  ];
  const cells = rows.map(([name, html]) => `<div><dt>${name}</dt><dd>${html}</dd></div>`);
  return `<section aria-labelledby="facts"><h2 id="facts">This Mac</h2><dl class="facts">${cells.join('')}</dl></section>`;
}

function table({ steps }: ValidationOutput): string {
  const rows = steps.map(
    ({ title, result, at, id, judgedBy }) => `<tr>
<td data-head="Step"><a href="#${id}">${text(title)}</a></td>
<td data-head="Result">${badge(result)}</td>
<td data-head="When">${at === null ? '–' : time(at)}</td>
<td data-head="Judged by">${judgedBy.map(text).join('<br>') || '–'}</td>
</tr>`,
  );
  return `<section aria-labelledby="steps"><h2 id="steps">Steps</h2>
<table><thead><tr><th scope="col">Step</th><th scope="col">Result</th><th scope="col">When</th><th scope="col">Judged by</th></tr></thead>
<tbody>${rows.join('')}</tbody></table></section>`;
}

function detail({ id, title, result, at, sentence, cause, remedy, stages, issue }: ValidationStep): string {
  const known = stages.filter((stage) => stage.at !== null);
  const [tone] = tones[result];
  return `<section id="${id}" class="issue ${tone}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${text(title)}: ${validationWords[result]}${at === null ? '' : ` ${time(at)}`}</h3>
<p>${text(sentence)}</p>
${issue === null ? '' : `<p class="muted">Issue: ${text(issue)}</p>`}
${cause === null ? '' : `<p class="cause">${text(cause)}</p>`}
${known.length === 0 ? '' : `<ul>${known.map((stage) => `<li>${time(stage.at ?? '', true)} ${text(stage.title)}</li>`).join('')}</ul>`}
${remedy.length === 0 ? '' : `<h4>What to do</h4><ol>${remedy.map((line) => `<li>${text(line)}</li>`).join('')}</ol>`}
</section>`;
}

function badge(result: Result): string {
  const [tone, sign] = tones[result];
  const words = { ...validationWords, ...resultWords };
  return `<span class="state ${tone}"><span aria-hidden="true">${sign}</span> ${words[result]}</span>`;
}

/** Instants in a sentence become local times. */
function text(plain: string): string {
  return escapedHtml(sanitiseLine(withLocalTimes(plain), 1_000));
}

function time(iso: string, withSeconds = false): string {
  const local = withSeconds ? localDateTime(iso) : localTime(iso);
  return `<time datetime="${escapedHtml(iso)}">${escapedHtml(local)}</time>`;
}

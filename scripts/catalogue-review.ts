import { parseArgs } from 'node:util';
import { catalogue } from '../agent/issues/catalogue.ts';

/**
 * `npm run catalogue:review`: the entries whose `reviewBy` is past, each with its links. `-- --on DATE` asks
 * for another day. Exit status 1 when there is one: the facts have to be read again.
 */
const { values } = parseArgs({ options: { on: { type: 'string' } } });
const on = values.on ?? new Date().toISOString().slice(0, 10);
if (!/^\d{4}-\d{2}-\d{2}$/.test(on) || Number.isNaN(Date.parse(on))) {
  console.error(`catalogue:review: --on ${on} is no date; write it as 2027-05-31.`);
  process.exit(2);
}
const due = catalogue
  .filter(({ reviewBy }) => reviewBy <= on)
  .sort((one, other) => (one.reviewBy < other.reviewBy ? -1 : one.reviewBy > other.reviewBy ? 1 : 0));
for (const { id, reviewBy, fixedIn, links } of due) {
  console.log(`${reviewBy}  ${id}${fixedIn === null ? '' : `  (fixed in ${fixedIn})`}`);
  for (const { url } of links) console.log(`            ${url}`);
}
console.log(
  due.length === 0
    ? `No entry of ${catalogue.length} is due for a review on ${on}.`
    : `${due.length} of ${catalogue.length} entries are due on ${on}. Read the links, then set a new reviewBy.`,
);
if (due.length > 0) process.exitCode = 1;

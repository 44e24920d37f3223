// Plain JavaScript on purpose: it must run on a Node that is too old.
// better-sqlite3 13 crashes Node 20 when it opens a database, so this check comes first.
import { pathToFileURL } from 'node:url';

export const requiredMajor = 26;

/** @returns {string | null} one line for the user, or null: this Node is new enough. */
export function nodeProblem(version = process.versions.node) {
  const major = Number.parseInt(version, 10);
  if (major >= requiredMajor) return null;
  return (
    `PSSO Monitor needs Node ${requiredMajor} or later, and this is Node ${version}. ` +
    'In a checkout, run `npm ci`: it brings the right Node, and `npm run` uses it.'
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problem = nodeProblem();
  if (problem !== null) {
    console.error(problem);
    process.exit(2);
  }
}

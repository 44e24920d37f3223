#!/usr/bin/env node
// Plain JavaScript on purpose: a Node that is too old must get as far as one clear line.
import { nodeProblem } from '../scripts/check-node.js';

const problem = nodeProblem();
if (problem !== null) {
  console.error(problem);
  process.exitCode = 2;
} else {
  const args = process.argv.slice(2);
  const { plainCall } = await import('./plain-call.ts');
  const plain = plainCall(args);
  if (plain === null) {
    const { main } = await import('./main.ts');
    process.exitCode = await main(args);
  } else if (plain.command === 'run') {
    const { runResident } = await import('./run-resident.ts');
    process.exitCode = await runResident(plain.options);
  } else {
    const { runStatus } = await import('./run-status.ts');
    process.exitCode = runStatus(plain.options);
  }
}

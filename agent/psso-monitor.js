#!/usr/bin/env node
// Plain JavaScript on purpose: a Node that is too old must get as far as one clear line.
import { nodeProblem } from '../scripts/check-node.js';

const problem = nodeProblem();
if (problem !== null) {
  console.error(problem);
  process.exitCode = 2;
} else {
  const args = process.argv.slice(2);
  const { residentArguments } = await import('./resident-arguments.ts');
  const plainRun = residentArguments(args);
  if (plainRun === null) {
    const { main } = await import('./main.ts');
    process.exitCode = await main(args);
  } else {
    const { runResident } = await import('./run-resident.ts');
    process.exitCode = await runResident(plainRun);
  }
}

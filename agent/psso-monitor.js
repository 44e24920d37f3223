#!/usr/bin/env node
// Plain JavaScript on purpose: a Node that is too old must get as far as one clear line.
import { nodeProblem } from '../scripts/check-node.js';

const problem = nodeProblem();
if (problem !== null) {
  console.error(problem);
  process.exitCode = 2;
} else {
  const args = process.argv.slice(2);
  const { runOptionsOf, runAgent, isWatched } = await import('./cli/fast-path.ts');
  // On a terminal, `run` prints what it does: the code for that is with the commands.
  const options = isWatched() ? null : runOptionsOf(args);
  if (options !== null) process.exitCode = await runAgent(options);
  else {
    const { main } = await import('./cli/main.ts');
    process.exitCode = await main(args);
  }
}

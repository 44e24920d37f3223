// `npm start`: the main job. On a Mac that is the agent; anywhere else it is shown on a simulated Mac.
process.argv.splice(2, 0, process.platform === 'darwin' ? 'run' : 'demo');
await import('../agent/psso-monitor.js');

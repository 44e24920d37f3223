// `npm start`: the agent on a Mac; on other systems the demo on a simulated Mac.
process.argv.splice(2, 0, process.platform === 'darwin' ? 'run' : 'demo');
await import('../agent/psso-monitor.js');

/** The Node.js Foundation's Apple team; its signature is on every official build. */
export const nodeTeam = 'HX7739G8FX';

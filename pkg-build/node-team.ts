/** The Apple team of the Node.js Foundation, which signs every official build. */
export const nodeTeam = 'HX7739G8FX';

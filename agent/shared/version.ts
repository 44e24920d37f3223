import packageJson from '../../package.json' with { type: 'json' };

/** One source for the version: package.json. */
export const version: string = packageJson.version;

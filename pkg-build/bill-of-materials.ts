import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import type { NodeRuntime } from './node-runtime.ts';
import type { Programs } from './programs.ts';
import type { ShippedPackage } from './shipped-packages.ts';

/** The software bill of materials, CycloneDX 1.6 in JSON. No serial number: equal input, equal bytes. */
export function billOfMaterials(options: {
  readonly version: string;
  /** Seconds, UTC. */
  readonly builtAt: number;
  readonly runtimes: readonly NodeRuntime[];
  /** Of the shipped programs. */
  readonly hashes: Programs['hashes'];
  /** The team that signed them; null: they were not signed again. */
  readonly team: string | null;
  /** The version of SQLite in the addon. */
  readonly sqlite: string;
  readonly packages: readonly ShippedPackage[];
}): string {
  const { version, builtAt, runtimes, hashes, team, sqlite, packages } = options;
  const bom = new Models.Bom();
  bom.metadata.timestamp = new Date(builtAt * 1000);
  bom.metadata.component = new Models.Component(Enums.ComponentType.Application, 'PSSO Monitor', {
    bomRef: 'psso-monitor',
    version,
    licenses: new Models.LicenseRepository([new Models.SpdxLicense('MIT')]),
  });
  const signer = team === null ? 'as signed by the Node.js Foundation' : `signed again by team ${team}`;
  for (const { architecture, version: nodeVersion, source } of runtimes) {
    bom.components.add(
      new Models.Component(Enums.ComponentType.Platform, 'node', {
        bomRef: `node-${architecture}`,
        version: nodeVersion,
        description: `Node.js for ${architecture}, ${signer}; from ${source}`,
        hashes: hashesOf(hashes('node', architecture)),
        licenses: new Models.LicenseRepository([new Models.SpdxLicense('MIT')]),
        purl: new PackageURL('generic', null, 'node', nodeVersion, { arch: architecture }, null).toString(),
      }),
    );
  }
  for (const { architecture } of runtimes) {
    bom.components.add(
      new Models.Component(Enums.ComponentType.Library, 'better_sqlite3.node', {
        bomRef: `addon-${architecture}`,
        description: `The addon of better-sqlite3 for ${architecture}, with SQLite in it`,
        hashes: hashesOf(hashes('addon', architecture)),
        licenses: new Models.LicenseRepository([new Models.SpdxLicense('MIT')]),
      }),
    );
  }
  bom.components.add(
    new Models.Component(Enums.ComponentType.Library, 'sqlite', {
      bomRef: 'sqlite',
      version: sqlite,
      description: 'SQLite, in better_sqlite3.node',
      licenses: new Models.LicenseRepository([new Models.SpdxLicense('blessing')]),
      purl: new PackageURL('generic', null, 'sqlite', sqlite, null, null).toString(),
    }),
  );
  for (const { name, version: packageVersion, licence } of packages) {
    const [scope, bare] = name.startsWith('@') ? name.split('/') : [null, name];
    bom.components.add(
      new Models.Component(Enums.ComponentType.Library, name, {
        bomRef: `npm-${name}@${packageVersion}`,
        version: packageVersion,
        licenses: new Models.LicenseRepository([new Models.LicenseExpression(licence)]),
        purl: new PackageURL('npm', scope, bare ?? name, packageVersion, null, null).toString(),
      }),
    );
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

const hashesOf = (sha256: string) => new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], sha256]]);

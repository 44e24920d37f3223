import * as z from 'zod';

/**
 * The keys of a LaunchAgent (launchd.plist(5)), with the limits that a managed Mac needs. Strict: launchd
 * ignores an unknown key, so a misspelt one would have no effect and cause no error.
 */

const noTilde = z.refine<string>((path) => !/[~$]/.test(path), {
  error: 'launchd expands neither ~ nor $HOME',
});
const absolutePath = z.string().check(z.regex(/^\//, 'must be an absolute path'), noTilde);
const seconds = (from: number, to: number) => z.int().check(z.gte(from), z.lte(to));
const resourceLimits = z.strictObject({
  Core: z.exactOptional(z.int()),
  CPU: z.exactOptional(z.int()),
  Data: z.exactOptional(z.int()),
  FileSize: z.exactOptional(z.int()),
  MemoryLock: z.exactOptional(z.int()),
  NumberOfFiles: z.exactOptional(z.int()),
  NumberOfProcesses: z.exactOptional(z.int()),
  ResidentSetSize: z.exactOptional(z.int()),
  Stack: z.exactOptional(z.int()),
});

export const launchAgentSchema = z.strictObject({
  Label: z.string().check(z.regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, 'must be a reverse-DNS name')),
  AssociatedBundleIdentifiers: z.exactOptional(z.union([z.string(), z.array(z.string())])),
  Program: z.exactOptional(absolutePath),
  ProgramArguments: z.array(z.string().check(noTilde)).check(z.minLength(1)),
  LimitLoadToSessionType: z.enum(['Aqua', 'Background', 'LoginWindow', 'StandardIO']),
  RunAtLoad: z.exactOptional(z.boolean()),
  KeepAlive: z.exactOptional(
    z.union([
      z.boolean(),
      z.strictObject({
        SuccessfulExit: z.exactOptional(z.boolean()),
        Crashed: z.exactOptional(z.boolean()),
        AfterInitialDemand: z.exactOptional(z.boolean()),
      }),
    ]),
  ),
  /** launchd ignores a value below 10. */
  ThrottleInterval: z.exactOptional(seconds(10, 3600)),
  /** 0 is no limit, and could block a shutdown. */
  ExitTimeOut: z.exactOptional(seconds(1, 60)),
  ProcessType: z.enum(['Background', 'Standard', 'Adaptive', 'Interactive']),
  LowPriorityIO: z.exactOptional(z.boolean()),
  LowPriorityBackgroundIO: z.exactOptional(z.boolean()),
  Nice: z.exactOptional(z.int().check(z.gte(-20), z.lte(20))),
  /** A string with a leading 0 is octal; launchd reads an integer as decimal. */
  Umask: z.exactOptional(z.string().check(z.regex(/^0[0-7]{2,3}$/, 'must be an octal text such as 077'))),
  WorkingDirectory: z.exactOptional(absolutePath),
  EnvironmentVariables: z.exactOptional(z.record(z.string(), z.string())),
  StandardInPath: z.exactOptional(absolutePath),
  StandardOutPath: z.exactOptional(absolutePath),
  StandardErrorPath: z.exactOptional(absolutePath),
  SoftResourceLimits: z.exactOptional(resourceLimits),
  HardResourceLimits: z.exactOptional(resourceLimits),
  StartInterval: z.exactOptional(z.int().check(z.gte(1))),
});

export type LaunchAgent = z.infer<typeof launchAgentSchema>;

import * as z from 'zod/mini';

/**
 * What Fleet accepts, by its sources (github.com/fleetdm/fleet, 2026): `fleetctl gitops` refuses a key that
 * is no field of the Go struct (pkg/spec/gitops_validate.go), and the server verifies the values.
 */

const text = z.string().check(z.regex(/\S/));
/** verifyQueryPlatforms, verifyPolicyPlatforms: a list with commas. */
const platforms = z
  .string()
  .check(z.regex(/^(?:darwin|windows|linux|chrome)(?:,(?:darwin|windows|linux|chrome))*$/));

/** QuerySpec and Query.Verify of server/fleet/queries.go. GitOps takes no `team` (docs: YAML files). */
const query = {
  name: text,
  description: z.optional(z.string()),
  query: text,
  interval: z.optional(z.int().check(z.gte(0))),
  observer_can_run: z.optional(z.boolean()),
  platform: z.optional(platforms),
  min_osquery_version: z.optional(z.string()),
  automations_enabled: z.optional(z.boolean()),
  logging: z.optional(z.enum(['snapshot', 'differential', 'differential_ignore_removals'])),
  discard_data: z.optional(z.boolean()),
};
/** PolicySpec and PolicySpec.Verify of server/fleet/policies.go. */
const policy = {
  name: text,
  description: z.optional(z.string()),
  query: text,
  resolution: z.optional(z.string()),
  platform: z.optional(platforms),
  critical: z.optional(z.boolean()),
};

/** A file below `reports:`, and one below `policies:`; the last key is of GitOpsPolicySpec alone. */
export const gitopsReports = z.array(z.strictObject(query));
export const gitopsPolicies = z.array(
  z.strictObject({ ...policy, webhooks_and_tickets_enabled: z.optional(z.boolean()) }),
);

/** A document of `fleetctl apply` (pkg/spec/spec.go). */
export const applied = z.discriminatedUnion('kind', [
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('query'), spec: z.strictObject(query) }),
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('policy'), spec: z.strictObject(policy) }),
]);

/** The strict struct of server/fleet/agent_options.go, as far as the file has it. */
export const agentOptions = z.strictObject({
  config: z.strictObject({
    auto_table_construction: z.record(
      z.string(),
      z.strictObject({ query: text, path: text, columns: z.array(text), platform: z.string() }),
    ),
  }),
});

/**
 * Whether Fleet's server gives a query to the osquery of a Mac: with an interval, and for the log destination
 * or for a report, which keeps snapshots only.
 */
export function isScheduled(report: z.infer<typeof gitopsReports>[number]): boolean {
  const { interval = 0, automations_enabled: logs = false, discard_data: discards = false } = report;
  return interval > 0 && (logs || (!discards && (report.logging ?? 'snapshot') === 'snapshot'));
}

import type { EndpointRead } from "../endpoints/endpoint.ts";
import type { CurrentRun } from "./current-run.ts";

/** Reads the file, and after a crash removes what the killed process left beside it. */
export async function readFile({ context, memory, work }: CurrentRun): Promise<EndpointRead> {
  const { endpoint } = context;
  const file = await endpoint.read(memory.snapshot, (done, total) =>
    context.progress("reading", done, total),
  );
  const mayHaveCrashed = work.intent || work.requests.some(({ trigger }) => trigger === "startup");
  if (file.ok && mayHaveCrashed) await endpoint.removeLeftovers();
  return file;
}

import type { EndpointRead } from "../endpoints/endpoint.ts";
import type { CurrentRun } from "./current-run.ts";

/** Reads the file, and after a crash first mends what the killed process left half written, and what it left beside it. */
export async function readFile({ context, memory, work, lease }: CurrentRun): Promise<EndpointRead> {
  const { endpoint } = context;
  const mayHaveCrashed = work.intent || work.requests.some(({ trigger }) => trigger === "startup");
  if (mayHaveCrashed) await lease.renew();
  const mended = mayHaveCrashed ? await endpoint.mend(lease.mayWrite) : null;
  if (mended !== null) context.log.warn({ source: context.source }, mended);
  const file = await endpoint.read(memory.snapshot, (done, total) => {
    lease.moved();
    context.progress("reading", done, total);
  });
  if (file.ok && mayHaveCrashed) await endpoint.removeLeftovers();
  return file;
}

import type { EndpointRead, MayWrite } from "../endpoints/endpoint.ts";
import type { SourceLease } from "../store/source-lease.ts";
import type { CurrentRun } from "./current-run.ts";

/**
 * Reads the file. After a crash it first mends what the killed process left half written, and what it left beside it;
 * and what was written too late into an earlier version of the file is put into it.
 * @throws {EndpointTaken} the run has lost the source.
 */
export async function readFile({
  context,
  memory,
  work,
  instructions,
  lease,
}: CurrentRun): Promise<EndpointRead> {
  const { endpoint } = context;
  const mayHaveCrashed = work.intent || work.requests.some(({ trigger }) => trigger === "startup");
  if (mayHaveCrashed) await lease.renew();
  const mended = mayHaveCrashed ? await endpoint.mend(lease.mayWrite) : null;
  if (mended !== null) context.log.warn({ source: context.source }, mended);
  if (!instructions.preview) await endpoint.rejoin(provenLease(lease));
  const file = await endpoint.read(memory.snapshot, (done, total) => {
    lease.moved();
    context.progress("reading", done, total);
  });
  if (file.ok && mayHaveCrashed) await endpoint.removeLeftovers();
  return file;
}

function provenLease(lease: SourceLease): () => Promise<MayWrite> {
  return async () => {
    await lease.renew();
    return lease.mayWrite;
  };
}

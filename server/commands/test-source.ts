import type { Actor } from "../../lib/protocol/actor.ts";
import type { SampleBody, SourceSample } from "../../lib/protocol/sample.ts";
import { awaitReading } from "./await-run.ts";
import { sourceFor } from "./source-for.ts";

/**
 * Sends the first request of a source, with other keys than sources.yml has if these are given. Host and credentials are
 * those of sources.yml in any case, so that no secret goes elsewhere.
 * @throws {LockstepError} no_worker, not_found, invalid_request
 */
export async function testSource(
  { source, resource, parent }: SampleBody,
  { actor }: { actor: Actor },
): Promise<SourceSample> {
  const { sample } = await awaitReading({
    source: await sourceFor(source),
    trigger: "manual",
    options: {
      kind: "sample_source",
      ...(resource === undefined ? {} : { resource }),
      ...(parent === undefined ? {} : { parent }),
    },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return sample;
}

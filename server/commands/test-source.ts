import type { Actor } from "../../lib/protocol/actor.ts";
import type { SampleBody, SourceSample } from "../../lib/protocol/sample.ts";
import { awaitReading } from "./await-run.ts";
import { sourceFor } from "./source-for.ts";

/**
 * Sends the first request of a source. Keys that are given replace those of sources.yml. The host and the credentials are
 * always those of sources.yml, so that no secret goes elsewhere.
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

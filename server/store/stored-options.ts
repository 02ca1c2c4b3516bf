import {
  directionFromWire,
  directionToWire,
  resolutionFromWire,
  resolutionToWire,
  type WireDirection,
  type WireResolution,
} from "../../lib/protocol/wire.ts";
import {
  isPlainSync,
  type RequestedResolution,
  type RequestKind,
  type RunRequest,
} from "../../lib/run/request.ts";

type StoredResolution = Omit<RequestedResolution, "choice" | "fields"> & WireResolution;

/** A request as its row holds it, where the spelling differs from the code's. */
interface StoredWishes {
  direction?: WireDirection;
  resolutions?: StoredResolution[];
  resolution?: StoredResolution;
}

/**
 * What a request asks for, as its row holds it. Rows outlive an upgrade, and the audit shows them, so
 * they keep the spelling of the API.
 */
export type StoredOptions =
  | Exclude<RunRequest, { kind: "sync" | "dry_run" | "resolution" | "preview_resolution" }>
  | ({ kind: RequestKind } & StoredWishes);

/** Null for a plain sync, which needs no words. */
export function optionsToStore(request: RunRequest | null | undefined): StoredOptions | null {
  if (!request || isPlainSync(request)) return null;
  switch (request.kind) {
    case "sync":
    case "dry_run": {
      const { direction, ...same } = request;
      return { ...same, ...(direction === undefined ? {} : { direction: directionToWire(direction) }) };
    }
    case "resolution":
      return { ...request, resolutions: request.resolutions.map(resolutionToWire) };
    case "preview_resolution":
      return { ...request, resolution: resolutionToWire(request.resolution) };
    default:
      return request;
  }
}

/** The same as the text of a jsonb parameter. */
export function optionsJson(request: RunRequest | null | undefined): string | null {
  const stored = optionsToStore(request);
  return stored && JSON.stringify(stored);
}

/** What a row asks for; null: a plain sync. */
export function storedOptions(stored: StoredOptions | null): RunRequest | null {
  if (stored === null) return null;
  const { direction, resolutions, resolution, ...same } = stored as { kind: RequestKind } & StoredWishes;
  return {
    ...same,
    ...(direction === undefined ? {} : { direction: directionFromWire(direction) }),
    ...(resolutions === undefined ? {} : { resolutions: resolutions.map(resolutionFromWire) }),
    ...(resolution === undefined ? {} : { resolution: resolutionFromWire(resolution) }),
  } as RunRequest;
}

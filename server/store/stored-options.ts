import type { RequestedResolution, RunOptions } from "../../lib/protocol/run-request.ts";
import {
  directionFromWire,
  directionToWire,
  resolutionFromWire,
  resolutionToWire,
  type WireDirection,
  type WireResolution,
} from "../../lib/protocol/wire.ts";

/**
 * What a request asks for, as its row holds it. Rows outlive an upgrade, and the audit shows them, so
 * they keep the spelling of the API.
 */
export interface StoredOptions extends Omit<RunOptions, "direction" | "resolutions"> {
  direction?: WireDirection;
  resolutions?: (Omit<RequestedResolution, "choice" | "fields"> & WireResolution)[];
}

export function optionsToStore({ direction, resolutions, ...same }: RunOptions): StoredOptions {
  return {
    ...same,
    ...(direction === undefined ? {} : { direction: directionToWire(direction) }),
    ...(resolutions === undefined ? {} : { resolutions: resolutions.map(resolutionToWire) }),
  };
}

export function storedOptions({ direction, resolutions, ...same }: StoredOptions): RunOptions {
  return {
    ...same,
    ...(direction === undefined ? {} : { direction: directionFromWire(direction) }),
    ...(resolutions === undefined ? {} : { resolutions: resolutions.map(resolutionFromWire) }),
  };
}

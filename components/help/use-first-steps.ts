"use client";

import { useSyncExternalStore } from "react";
import { firstSteps, type FirstSteps, ON_SERVER, onFirstSteps } from "./first-steps-state.ts";

export function useFirstSteps(): FirstSteps {
  return useSyncExternalStore(onFirstSteps, firstSteps, () => ON_SERVER);
}

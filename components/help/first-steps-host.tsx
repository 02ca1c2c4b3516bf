"use client";

import dynamic from "next/dynamic";
import { loadAgain } from "../ui/load-again.ts";
import { useFirstSteps } from "./use-first-steps.ts";

const FirstStepsCard = dynamic(
  loadAgain(() => import("./first-steps-card.tsx").then((module) => module.FirstStepsCard)),
  { ssr: false },
);

/** The card of the first steps, on every page while a person follows them. */
export function FirstStepsHost() {
  return useFirstSteps().shown ? <FirstStepsCard /> : null;
}

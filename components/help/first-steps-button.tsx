"use client";

import { Footprints } from "lucide-react";
import { useMay } from "../shell/actor-context.tsx";
import { Button } from "../ui/button.tsx";
import { changeFirstSteps } from "./first-steps-state.ts";
import { useFirstSteps } from "./use-first-steps.ts";

/** Offers the first steps until they were done or skipped. On a phone they are under Help. */
export function FirstStepsButton() {
  const { shown, over } = useFirstSteps();
  const { may } = useMay("editor");
  if (shown || over || !may) return null;
  return (
    <Button className="max-sm:hidden" onClick={() => changeFirstSteps({ shown: true })}>
      <Footprints aria-hidden /> First steps
    </Button>
  );
}

"use client";

import { OctagonAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { WhatIs } from "../help/what-is.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { Button } from "../ui/button.tsx";
import { lossInWords } from "./lost-words.ts";
import { useSides } from "./use-side-names.ts";
import { useStatus } from "./use-status.ts";

const HaltConfirm = dynamic(
  loadAgain(() => import("./halt-confirm.tsx").then((module) => module.HaltConfirm)),
  { ssr: false },
);

/** Says that a run stopped before deleting many tasks, and lets a person look and decide. */
export function HaltBanner() {
  const { data: status } = useStatus();
  const [asking, setAsking] = useState(false);
  const { halt } = status;
  const sides = useSides();
  const several = (status.sources ?? []).length > 1;
  if (!halt) return null;
  return (
    <div role="alert" className="bg-bad-soft flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-2">
      <p className="text-bad-text flex min-w-0 flex-1 basis-64 items-start gap-2">
        <OctagonAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>
          <strong className="font-semibold">
            {several && halt.source !== undefined ? `${halt.source} halted` : "Halted"}, nothing was changed.
          </strong>{" "}
          {lossInWords(halt, sides(halt.source))} {halt.reason}
        </span>
      </p>
      <WhatIs idea="halt">What is a halt?</WhatIs>
      <Button onClick={() => setAsking(true)}>Look and decide</Button>
      {asking && <HaltConfirm halt={halt} onClose={() => setAsking(false)} />}
    </div>
  );
}

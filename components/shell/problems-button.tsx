"use client";

import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Popover } from "../ui/popover.tsx";
import { ProblemList } from "./problem-list.tsx";
import { plural } from "./run-words.ts";
import { useStatus } from "./use-status.ts";

export function ProblemsButton() {
  const { data: status } = useStatus();
  const [open, setOpen] = useState(false);
  const { problems } = status;
  if (problems.length === 0) return null;
  return (
    <Popover
      label="Problems"
      align="start"
      open={open}
      onOpenChange={setOpen}
      className="!w-[min(36rem,calc(100vw-1rem))]"
      trigger={
        <Button size="small" className="!border-transparent !bg-bad-soft !text-bad-text">
          <TriangleAlert aria-hidden /> {plural(problems.length, "problem")}
        </Button>
      }
    >
      <ProblemList problems={problems} onLeave={() => setOpen(false)} />
    </Popover>
  );
}

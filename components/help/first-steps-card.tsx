"use client";

import { Circle, CircleCheck, X } from "lucide-react";
import type { ReactNode } from "react";
import { useLiveEvent } from "../live/connection.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { useStatus } from "../shell/use-status.ts";
import { Button } from "../ui/button.tsx";
import { changeFirstSteps, firstSteps, type Step, STEPS, tick } from "./first-steps-state.ts";
import { PracticeStep } from "./practice-step.tsx";
import { SeenEdit } from "./seen-edit.tsx";
import { useFirstSteps } from "./use-first-steps.ts";
import { useSeenRuns } from "./use-seen-runs.ts";

/** Three steps on the real thing. Each is ticked off when it is seen to happen. */
export function FirstStepsCard() {
  const { done, practice } = useFirstSteps();
  const { data: status } = useStatus();
  const { side, isFile } = useSideNames(undefined);
  const seen = useSeenRuns();
  useLiveEvent("sync_conflict_resolved", ({ conflict_id }) => {
    if (conflict_id === firstSteps().practice?.conflict_id) tick("choose");
  });
  const all = STEPS.every((step) => done.includes(step));
  return (
    <section
      aria-labelledby="first-steps"
      className="animate-appear bg-raised fixed inset-x-3 bottom-20 z-20 flex max-h-[60dvh] max-w-sm flex-col overflow-y-auto rounded-xl border p-4 text-sm shadow-xl sm:right-auto md:bottom-4 md:left-56"
    >
      <div className="mb-2 flex items-center gap-2">
        <h2 id="first-steps" className="flex-1 font-semibold">
          {all ? "All done" : "First steps"}
        </h2>
        <Button
          look="ghost"
          size="icon-small"
          aria-label="Close the first steps"
          onClick={() => changeFirstSteps({ shown: false })}
        >
          <X />
        </Button>
      </div>
      <ol className="flex flex-col gap-3">
        <Item step="file" done={done} title={`Edit ${isFile ? side : `a task in ${side}`}, and see it here`}>
          <p>
            {isFile ? "Open " : "Change a description at "}
            {status.file ? (
              <code className="font-mono text-xs break-all">{status.file.path}</code>
            ) : (
              `${isFile ? "a schedule file" : side}`
            )}
            {isFile && " in your editor, change a description and save"}. It shows here{" "}
            {isFile ? "within a second" : "when it is looked at next"}.
          </p>
          {seen.file && <SeenEdit run={seen.file} />}
        </Item>
        <Item
          step="here"
          done={done}
          title={isFile ? "Edit here, and see the file’s line" : `Edit here, and see it in ${side}`}
        >
          <p>
            Open a task, change its description and save. Only {isFile ? "its line" : "this"} changes in{" "}
            {side}.
          </p>
          {seen.here && <SeenEdit run={seen.here} />}
        </Item>
        <Item step="choose" done={done} title="Disagree, and choose">
          <PracticeStep practice={practice} />
        </Item>
      </ol>
      <div className="mt-3 flex items-center justify-between">
        <p className="text-muted text-xs">You find them again under Help.</p>
        <Button size="small" onClick={() => changeFirstSteps({ shown: false, over: true })}>
          {all ? "Done" : "Skip"}
        </Button>
      </div>
    </section>
  );
}

interface ItemProps {
  step: Step;
  done: readonly Step[];
  title: string;
  children: ReactNode;
}

function Item({ step, done, title, children }: ItemProps) {
  const over = done.includes(step);
  return (
    <li className="flex gap-2">
      {over ? (
        <CircleCheck className="text-ok-text mt-0.5 size-4 shrink-0" aria-label="Done" />
      ) : (
        <Circle className="text-muted mt-0.5 size-4 shrink-0" aria-label="To do" />
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <h3 className="font-medium">{title}</h3>
        {children}
      </div>
    </li>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { call } from "../live/api.ts";
import { useMay } from "../shell/actor-context.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { changeFirstSteps, type FirstSteps } from "./first-steps-state.ts";

/** Makes a conflict to practise on, leads to it, and removes it again. */
export function PracticeStep({ practice }: Pick<FirstSteps, "practice">) {
  const { may, why } = useMay("admin");
  const make = useMutation({
    mutationFn: () => call("POST /api/practice-conflict", { body: {} }),
    onSuccess: ({ conflict_id, source }) => changeFirstSteps({ practice: { conflict_id, source } }),
  });
  const remove = useMutation({
    mutationFn: () => call("DELETE /api/practice-conflict", { query: { source: practice?.source } }),
    onSuccess: () => changeFirstSteps({ practice: null }),
  });
  const taken = make.error !== null && "code" in make.error && make.error.code === "task_exists";
  return (
    <>
      <p>
        Where both sides change the same field, the task waits until a person chooses. A task of its own is
        made for it; it never runs.
      </p>
      {!may && <p className="text-muted text-xs">{why}</p>}
      {may && (
        <div className="flex flex-wrap gap-2">
          {practice === null && (
            <Button size="small" disabled={make.isPending} onClick={() => make.mutate()}>
              {make.isPending ? "Making it…" : "Make me a practice conflict"}
            </Button>
          )}
          {practice !== null && (
            <Link
              href={`/conflicts?open=${practice.conflict_id}`}
              className={buttonClass("primary", "small")}
            >
              Open it
            </Link>
          )}
          {(practice !== null || taken) && (
            <Button size="small" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {remove.isPending ? "Removing it…" : "Remove it"}
            </Button>
          )}
        </div>
      )}
      <ErrorNote error={make.error ?? remove.error} />
    </>
  );
}

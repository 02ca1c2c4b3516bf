import { ArrowRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { PlanConflict } from "../../lib/protocol/conflict.ts";
import type { PlanChange, PlanPreview } from "../../lib/protocol/plan.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { fieldDiffs } from "../../lib/audit/field-diffs.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { FieldDiffs } from "./field-diffs.tsx";
import { plural } from "./run-words.ts";
import { taskNamed } from "./use-task-names.ts";

/** The number of changes that are drawn at first, because a plan may have a hundred thousand. */
const SHOWN = 50;

const ACTION: Record<PlanChange["action"], { text: string; tone: Tone }> = {
  create: { text: "Create", tone: "ok" },
  update: { text: "Update", tone: "accent" },
  delete: { text: "Delete", tone: "bad" },
  adopt: { text: "Adopt", tone: "neutral" },
};

export function PlanView({ plan, names }: { plan: PlanPreview; names: SideNames }) {
  const { changes, conflicts, problems, pending, halt } = plan;
  const [shown, setShown] = useState(SHOWN);
  return (
    <div className="flex flex-col gap-5">
      {halt && (
        <p role="alert" className="bg-bad-soft text-bad-text rounded-md px-3 py-2">
          <strong className="font-semibold">A run like this halts.</strong> {halt.reason}
        </p>
      )}
      {changes.length > 0 && (
        <Part title={plural(changes.length, "change")}>
          <ul className="flex flex-col gap-2">
            {changes.slice(0, shown).map((change) => (
              <Change key={change.task_id} change={change} noun={names.noun} />
            ))}
          </ul>
          {changes.length > shown && (
            <Button className="mt-2 self-start" onClick={() => setShown(shown + 10 * SHOWN)}>
              Show more: {(changes.length - shown).toLocaleString("en")} left
            </Button>
          )}
        </Part>
      )}
      {conflicts.length > 0 && (
        <Part title={`${plural(conflicts.length, "conflict")}, held back`}>
          <ul className="flex flex-col gap-1">
            {conflicts.map((conflict) => (
              <li key={conflict.task_id}>
                <Badge tone="warn">{taskNamed(conflict.task_id, nameIn(conflict))}</Badge>{" "}
                {conflict.conflict_reason}
                {conflict.fields.length > 0 && (
                  <span className="text-muted"> ({conflict.fields.join(", ")})</span>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {problems.length > 0 && (
        <Part title={plural(problems.length, "problem")}>
          <ul className="flex flex-col gap-1">
            {problems.map((problem, i) => (
              <li key={i}>
                {problem.line !== undefined && <Badge tone="bad">Line {problem.line}</Badge>}{" "}
                {problem.message}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {pending.length > 0 && (
        <p className="text-muted">
          Stays as it is for now: {plural(pending.length, "task")} (
          {pending
            .slice(0, 20)
            .map((each) => each.task_id)
            .join(", ")}
          {pending.length > 20 && " …"})
        </p>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function nameIn({ yaml_data, db_data, ancestor }: PlanConflict): string | undefined {
  const name = (yaml_data ?? db_data ?? ancestor)?.["skill_name"];
  return typeof name === "string" ? name : undefined;
}

function Change({ change, noun }: { change: PlanChange; noun: string }) {
  const { text, tone } = ACTION[change.action];
  const diffs = fieldDiffs(change.before, change.after);
  const name = (change.after ?? change.before)?.["skill_name"];
  return (
    <li className="rounded-lg border p-3">
      <div className="mb-1 flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{text}</Badge>
        <span className="font-medium">Task {change.task_id}</span>
        {typeof name === "string" && <span className="text-muted">{name}</span>}
        <span className="text-muted ml-auto flex items-center gap-1 text-xs">
          <ArrowRight className="size-3.5" aria-hidden />
          {change.file && change.database ? `${noun} and database` : change.file ? noun : "database"}
          {change.merged && ", joined"}
        </span>
      </div>
      {change.action !== "delete" && <FieldDiffs diffs={diffs} />}
    </li>
  );
}

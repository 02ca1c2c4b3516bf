"use client";

import { Link } from "../ui/link.tsx";
import type { FieldDiff, RunChange } from "../../lib/protocol/run.ts";
import { objectHref } from "../shell/object-href.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { taskHref } from "../shell/task-href.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { FieldDiffs } from "./field-diffs.tsx";

const ACTION: Record<RunChange["action"], { text: string; tone: Tone }> = {
  create: { text: "Created", tone: "ok" },
  update: { text: "Updated", tone: "accent" },
  delete: { text: "Deleted", tone: "bad" },
  adopt: { text: "Adopted", tone: "neutral" },
};

export type ShownChange = ChangeOfTask & { planned?: boolean };

interface ChangeOfTask extends Pick<RunChange, "task_id" | "action" | "merged" | "file" | "database"> {
  diff: readonly FieldDiff[];
  before: RunChange["before"];
  after: RunChange["after"];
}

interface CardProps {
  change: ShownChange;
  source: string | undefined;
  /** True for the change of an object, which is no task. */
  object?: boolean;
}

/** One task's change: which side was written, and each field before and after. */
export function ChangeCard({ change, source, object = false }: CardProps) {
  const names = useSideNames(source);
  const { text, tone } = ACTION[change.action];
  const name = (change.after ?? change.before)?.[object ? "name" : "skill_name"];
  const title = `${object ? "Object" : "Task"} ${change.task_id}`;
  const href = object
    ? objectHref(change.task_id, source, change.action === "delete")
    : taskHref(change.task_id, source);
  const sides =
    change.file && change.database
      ? "both sides"
      : change.file
        ? names.side
        : change.database
          ? "the database"
          : "neither side";
  return (
    <article aria-label={title} className="bg-surface overflow-hidden rounded-lg border">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-3 py-2">
        <Badge tone={tone}>{text}</Badge>
        <h3 className="min-w-0 font-medium">
          <Link href={href} className="hover:underline">
            {title}
          </Link>
          {typeof name === "string" && <span className="text-muted font-normal"> {name}</span>}
        </h3>
        <span className="text-muted ml-auto text-xs">
          {change.planned === true ? "goes to" : "written to"} {sides}
          {change.merged && ", both sides' edits joined"}
        </span>
      </header>
      <FieldDiffs diffs={change.diff} />
    </article>
  );
}

"use client";

import { Link } from "../ui/link.tsx";
import type { ReactNode } from "react";
import type { Json } from "../../lib/json.ts";
import type { AuditEntry } from "../../lib/protocol/audit.ts";
import { FieldDiffs } from "../history/field-diffs.tsx";
import { UndoEntry } from "../undo/undo-entry.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { Time } from "../ui/time.tsx";
import { authorInWords, authorOf } from "./actor-words.ts";
import { ConflictSides } from "./conflict-sides.tsx";

/** Every detail of an entry: time, actor, address, differences, and links to its subject. */
export function EntryDetails({
  entry,
  onActor,
}: {
  entry: AuditEntry;
  onActor?: ((actor: string) => void) | undefined;
}) {
  const author = authorOf(entry);
  const names = useSideNames(entry.source ?? undefined);
  const { actor, address, task_id, source, run_id } = entry;
  return (
    <div className="flex flex-col gap-2 py-2">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-3 text-xs">
        <Fact name="When">
          <Time at={entry.at} show="both" />
        </Fact>
        <Fact name="Who">
          <code className="font-mono">{actor}</code>
          {onActor && (
            <button
              type="button"
              onClick={() => onActor(actor)}
              className="text-accent-text ml-2 hover:underline"
            >
              Only theirs
            </button>
          )}
        </Fact>
        {address !== null && (
          <Fact name="From">
            <code className="font-mono">{address}</code>
          </Fact>
        )}
        {author && (
          <Fact name={author.state === "elsewhere" ? "Source" : names.Noun}>{authorInWords(author)}</Fact>
        )}
        {!author &&
          more(entry).map(([name, value]) => (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ))}
        {(task_id !== null || run_id !== null) && (
          <Fact name="See">
            <span className="flex flex-wrap gap-x-3">
              {task_id !== null && <On href={taskHref(task_id, source)}>Task {task_id}</On>}
              {task_id !== null && (
                <On href={`/audit?task=${encodeURIComponent(task_id)}`}>Its whole history</On>
              )}
              {run_id !== null && <On href={`/history/${run_id}`}>The run</On>}
            </span>
          </Fact>
        )}
      </dl>
      {entry.subject === "conflict" ? (
        <ConflictSides entry={entry} names={names} />
      ) : (
        <Changes entry={entry} />
      )}
      <UndoEntry entry={entry} />
    </div>
  );
}

function Changes({ entry: { before, after, diff } }: { entry: AuditEntry }) {
  if (before === null && after === null) return null;
  return (
    <div className="bg-surface mx-3 overflow-hidden rounded-md border">
      <FieldDiffs diffs={diff} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function On({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-accent-text hover:underline">
      {children}
    </Link>
  );
}

function taskHref(id: string, source: string | null): string {
  return `/?task=${encodeURIComponent(id)}${source === null || source === "default" ? "" : `&source=${encodeURIComponent(source)}`}`;
}

const NAMES: Record<string, string> = {
  application: "Program",
  trigger: "Trigger",
  outcome: "Outcome",
  direction: "Direction",
  force: "Forced",
  allow_deletes: "Deletions confirmed",
  backup: "Version",
  reason: "Why",
  sessions: "Sessions",
  older_than_days: "Older than days",
};

/** The details of an entry that are worth showing beside the values before and after. */
function more({ detail, subject }: AuditEntry): [string, string][] {
  if (detail === null) return [];
  const shown = subject === "conflict" ? ["reason"] : Object.keys(NAMES);
  return shown.flatMap((key): [string, string][] => {
    const value = detail[key];
    return value === undefined || value === null || value === "" ? [] : [[NAMES[key] ?? key, inWords(value)]];
  });
}

function inWords(value: Json): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value.replaceAll("_", " ") : JSON.stringify(value);
}

"use client";

import { ChevronRight, RefreshCw, SearchX, Workflow } from "lucide-react";
import { useState } from "react";
import type { ObjectAnswer, ObjectJson } from "../../lib/protocol/object.ts";
import { ApiError } from "../live/api.ts";
import { useMay } from "../shell/actor-context.tsx";
import { useTrigger } from "../shell/use-trigger.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ObjectFacts } from "./object-facts.tsx";
import { ObjectHistory } from "./object-history.tsx";
import { objectName } from "./object-name.ts";
import { PullList } from "./pull-list.tsx";
import { useObject } from "./use-objects.ts";

interface Props {
  id: string;
  onOpen(id: string): void;
  onClose(): void;
}

/** One object: its data, how it changed, and the pulls that keep it fresh. */
export function ObjectPanel({ id, onOpen, onClose }: Props) {
  const { data, error, refetch } = useObject(id);
  if (!data)
    return (
      <Sheet open onOpenChange={onClose} title="Object">
        {error instanceof ApiError && error.code === "not_found" ? (
          <EmptyState icon={SearchX} title="There is no such object">
            Its source may have been set up again.
          </EmptyState>
        ) : error ? (
          <ErrorState title="The object could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows label="Loading the object" />
        )}
      </Sheet>
    );
  const { object, ancestors } = data;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={nameOf(object)}
      description={<Path ancestors={ancestors} object={object} onOpen={onOpen} />}
      footer={<PullAgain object={object} />}
    >
      <Parts object={object} onClose={onClose} />
    </Sheet>
  );
}

function Parts({ object, onClose }: { object: ObjectJson; onClose(): void }) {
  const [tab, setTab] = useState("data");
  return (
    <Tabs
      label="Parts of the object"
      value={tab}
      onValueChange={setTab}
      tabs={[
        { value: "data", label: "Data", content: <ObjectFacts object={object} /> },
        { value: "history", label: "History", content: <ObjectHistory id={object.id} /> },
        {
          value: "pulls",
          label: `Pulls of ${object.source}`,
          content: <PullList source={object.source} onLeave={onClose} />,
        },
      ]}
    />
  );
}

/** What the object hangs from, from the root on, and its key. */
function Path({ ancestors, object, onOpen }: ObjectAnswer & { onOpen(id: string): void }) {
  const orphaned = object.parent_id !== null && ancestors.length === 0;
  return (
    <span className="flex flex-wrap items-center gap-x-1 gap-y-0.5 text-xs">
      {ancestors.map((each) => (
        <span key={each.id} className="flex min-w-0 items-center gap-1">
          <button
            type="button"
            className="text-accent-text max-w-48 truncate underline"
            onClick={() => onOpen(each.id)}
          >
            {nameOf(each)}
          </button>
          <ChevronRight className="size-3" aria-hidden />
        </span>
      ))}
      {orphaned && (
        <span className="text-warn-text">
          {object.parent_source} has no {object.parent_id}.
        </span>
      )}
      <span>
        {object.type} <span className="font-mono break-all">{object.external_id}</span>
      </span>
    </span>
  );
}

function PullAgain({ object }: { object: ObjectJson }) {
  const { mutate, isPending } = useTrigger();
  const { may, why } = useMay("editor");
  const pull = (cascade: boolean) => mutate({ source: object.source, ids: [object.external_id], cascade });
  return (
    <>
      <Button disabled={!may || isPending} title={why} onClick={() => pull(true)} className="ml-auto">
        <Workflow aria-hidden /> With what hangs below it
      </Button>
      <Button look="primary" disabled={!may || isPending} title={why} onClick={() => pull(false)}>
        <RefreshCw className={isPending ? "animate-spin" : ""} aria-hidden /> Pull it again
      </Button>
    </>
  );
}

function nameOf({ data, external_id }: ObjectJson): string {
  return objectName(data, external_id) ?? external_id;
}

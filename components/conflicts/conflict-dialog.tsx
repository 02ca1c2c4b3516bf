"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { useMay } from "../shell/actor-context.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/time.tsx";
import { ChangedNotice } from "./changed-notice.tsx";
import { Choices } from "./choices.tsx";
import { bodyOf, chooseAll, type Draft, EMPTY_DRAFT, outcomeOf, pick } from "./draft.ts";
import { FieldGrid } from "./field-grid.tsx";
import { focusRow } from "./focus-row.ts";
import { OutcomePreview } from "./outcome-preview.tsx";
import { SideTexts } from "./side-texts.tsx";
import { usePreview } from "./use-preview.ts";
import { useResolve } from "./use-resolve.ts";
import { CHOICE_ORDER, KIND } from "./words.ts";

interface Props {
  conflict: ShownConflict;
  /** Where it stands among the open ones, from 1. */
  place: { number: number; of: number };
  onStep(by: 1 | -1): void;
  onClose(): void;
  onResolved(conflict: ShownConflict): void;
}

/** One conflict side by side, what may be done about it, and exactly what that would write. Give it the conflict's id as key. */
export function ConflictDialog({ conflict, place, onStep, onClose, onResolved }: Props) {
  const { may, why } = useMay("admin");
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [tab, setTab] = useState("fields");
  const [seen, setSeen] = useState(conflict);
  const [before, setBefore] = useState<ShownConflict | null>(null);
  if (seen.revision !== conflict.revision) {
    // Nothing that was chosen for another state may be applied to this one unseen.
    setBefore(seen);
    setSeen(conflict);
    setDraft(EMPTY_DRAFT);
  }
  const body = bodyOf(draft, conflict.revision);
  const preview = usePreview(conflict, may ? body : null);
  const resolve = useResolve(onResolved);
  const outcome = outcomeOf(conflict, draft);
  const ready = body !== null && preview.current && preview.data?.refused === undefined && !resolve.isPending;
  const apply = () => {
    if (ready) resolve.mutate({ conflict, body });
  };
  const change = (next: Draft) => {
    resolve.reset();
    setDraft(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      target.closest("input,textarea,[contenteditable=true]")
    )
      return;
    const choice = may ? CHOICE_ORDER[Number(event.key) - 1] : undefined;
    // Enter on a control is that control's own; on a field's side and a choice it applies.
    const own =
      target.closest("button,a,[role=tab]") !== null &&
      target.getAttribute("role") !== "radio" &&
      !target.hasAttribute("aria-pressed");
    if (choice) change(chooseAll(choice));
    else if (event.key === "j") onStep(1);
    else if (event.key === "k") onStep(-1);
    else if (event.key === "Enter" && !own) apply();
    else return;
    event.preventDefault();
  };

  const footer = may ? (
    <>
      <Choices kind={conflict.kind} chosen={draft.choice} onChoose={(choice) => change(chooseAll(choice))} />
      <Button onClick={onClose}>Cancel</Button>
      <Button look="primary" aria-disabled={!ready} onClick={apply}>
        {resolve.isPending ? "Applying…" : "Apply"}
        <span className="hidden sm:inline">
          <Kbd>↵</Kbd>
        </span>
      </Button>
    </>
  ) : (
    <p className="text-muted mr-auto text-sm">{why}</p>
  );

  return (
    // React's events come out of the dialog's portal to here.
    <div className="contents" onKeyDown={onKeyDown}>
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        size="large"
        title={
          <span className="flex flex-wrap items-center gap-2">
            Task {conflict.task_id} <Badge tone="warn">{KIND[conflict.kind]}</Badge>
            <Steps place={place} onStep={onStep} />
          </span>
        }
        description={
          <>
            {conflict.conflict_reason}. Held on both sides <Time at={conflict.detected_at} />.
          </>
        }
        footer={footer}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          const content = event.currentTarget as HTMLElement;
          content.focus();
          focusRow(content.querySelector<HTMLElement>("[data-field]"));
        }}
      >
        {before && <ChangedNotice before={before} now={conflict} />}
        <ErrorNote error={resolve.error} />
        <Tabs
          label="How to look at it"
          value={tab}
          onValueChange={setTab}
          tabs={[
            {
              value: "fields",
              label: "Fields",
              content: (
                <FieldGrid
                  conflict={conflict}
                  draft={draft}
                  outcome={outcome}
                  mayResolve={may}
                  onPick={(name, choice) => change(pick(draft, name, choice))}
                />
              ),
            },
            {
              value: "text",
              label: "YAML text",
              content: <SideTexts conflict={conflict} mayPreview={may} />,
            },
          ]}
        />
        {may && <OutcomePreview conflict={conflict} preview={preview} chosen={draft.choice !== null} />}
      </Dialog>
    </div>
  );
}

function Steps({ place: { number, of }, onStep }: Pick<Props, "place" | "onStep">) {
  if (of < 2) return null;
  return (
    <span className="text-muted ml-auto flex items-center gap-1 text-xs font-normal">
      <Button
        size="icon-small"
        look="ghost"
        aria-label="Previous conflict"
        aria-keyshortcuts="k"
        onClick={() => onStep(-1)}
      >
        <ChevronLeft />
      </Button>
      <span className="tabular-nums">
        {number} of {of}
      </span>
      <Button
        size="icon-small"
        look="ghost"
        aria-label="Next conflict"
        aria-keyshortcuts="j"
        onClick={() => onStep(1)}
      >
        <ChevronRight />
      </Button>
    </span>
  );
}

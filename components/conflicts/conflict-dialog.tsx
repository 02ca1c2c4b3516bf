"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import type { Choice } from "../../lib/sync/types.ts";
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
import { dialogKeys } from "./dialog-keys.ts";
import { chooseAll, outcomeOf, pick } from "./draft.ts";
import { FieldGrid } from "./field-grid.tsx";
import { focusRow } from "./focus-row.ts";
import { OutcomePreview } from "./outcome-preview.tsx";
import { SideTexts } from "./side-texts.tsx";
import { useConflictDraft } from "./use-conflict-draft.ts";
import { KIND } from "./words.ts";

interface Props {
  conflict: ShownConflict;
  /** The conflict's place among the open conflicts, counted from 1. */
  place: { number: number; of: number };
  onStep(by: 1 | -1): void;
  onClose(): void;
  onResolved(conflict: ShownConflict): void;
}

/**
 * Shows both sides of one conflict, the choices, and exactly what a choice would write.
 * Its key must be the conflict's id, so that another conflict starts with a new draft.
 */
export function ConflictDialog({ conflict, place, onStep, onClose, onResolved }: Props) {
  const { may, why } = useMay("admin");
  const [tab, setTab] = useState("fields");
  const { draft, before, preview, error, pending, ready, change, apply } = useConflictDraft(
    conflict,
    may,
    onResolved,
  );
  const choose = (choice: Choice) => change(chooseAll(choice));
  const onKeyDown = dialogKeys({ onChoose: may ? choose : null, onStep, onApply: apply });
  return (
    // React passes events of the dialog's portal on to this element.
    <div className="contents" onKeyDown={onKeyDown}>
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        size="large"
        title={<Title conflict={conflict} place={place} onStep={onStep} />}
        description={
          <>
            {conflict.conflict_reason}. Held on both sides <Time at={conflict.detected_at} />.
          </>
        }
        footer={
          may ? (
            <>
              <Choices kind={conflict.kind} chosen={draft.choice} onChoose={choose} />
              <Button onClick={onClose}>Cancel</Button>
              <ApplyButton ready={ready} pending={pending} onApply={apply} />
            </>
          ) : (
            <p className="text-muted mr-auto text-sm">{why}</p>
          )
        }
        onOpenAutoFocus={focusFirstField}
      >
        {before && <ChangedNotice before={before} now={conflict} />}
        <ErrorNote error={error} />
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
                  outcome={outcomeOf(conflict, draft)}
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

function Title({ conflict, place, onStep }: Pick<Props, "conflict" | "place" | "onStep">) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      Task {conflict.task_id} <Badge tone="warn">{KIND[conflict.kind]}</Badge>
      <Steps place={place} onStep={onStep} />
    </span>
  );
}

function ApplyButton({ ready, pending, onApply }: { ready: boolean; pending: boolean; onApply(): void }) {
  return (
    <Button look="primary" aria-disabled={!ready} onClick={onApply}>
      {pending ? "Applying…" : "Apply"}
      <span className="hidden sm:inline">
        <Kbd>↵</Kbd>
      </span>
    </Button>
  );
}

function focusFirstField(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  event.currentTarget.focus();
  focusRow(event.currentTarget.querySelector<HTMLElement>("[data-field]"));
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

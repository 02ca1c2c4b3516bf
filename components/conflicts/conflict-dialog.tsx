"use client";

import { useState } from "react";
import type { Choice } from "../../lib/sync/types.ts";
import { useMay } from "../shell/actor-context.tsx";
import { SideNamesContext, useNames, useSideNames } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ChangedNotice } from "./changed-notice.tsx";
import { Choices } from "./choices.tsx";
import { ConflictTitle } from "./conflict-title.tsx";
import { dialogKeys } from "./dialog-keys.ts";
import type { ConflictDialogProps } from "./dialog-props.ts";
import { chooseAll, isAboutDeletion, outcomeOf } from "./draft.ts";
import { FieldGrid } from "./field-grid.tsx";
import { focusRow } from "./focus-row.ts";
import { Outcome } from "./outcome.tsx";
import { ProgressNote } from "./progress-note.tsx";
import { ThreeTexts } from "./three-texts.tsx";
import { useConflictDraft } from "./use-conflict-draft.ts";
import { WhatHappened } from "./what-happened.tsx";

/**
 * Shows both sides of one conflict beside what the decisions so far would write, which stays in sight.
 * Its key must be the conflict's id, so that another conflict starts with a new draft.
 */
export function ConflictDialog(props: ConflictDialogProps) {
  const names = useSideNames(props.conflict.source);
  return (
    <SideNamesContext value={names}>
      <OpenConflict {...props} />
    </SideNamesContext>
  );
}

function OpenConflict({ conflict, place, onStep, onClose, onResolved }: ConflictDialogProps) {
  const { may, why } = useMay("admin");
  const { isFile } = useNames();
  const [tab, setTab] = useState("fields");
  const state = useConflictDraft(conflict, may, onResolved);
  const { draft, progress, preview, change } = state;
  const mayMerge = !isAboutDeletion(conflict);
  const choose = (choice: Choice) => (choice !== "merge" || mayMerge) && change(chooseAll(choice));
  const onKeyDown = dialogKeys({ onChoose: may ? choose : null, onStep, onApply: state.apply });
  const result = may && <Outcome conflict={conflict} preview={preview} progress={progress} />;
  const fields = (
    <FieldGrid
      conflict={conflict}
      draft={draft}
      outcome={outcomeOf(conflict, draft)}
      mayResolve={may}
      onDraft={change}
    />
  );
  return (
    // React passes events of the dialog's portal on to this element.
    <div className="contents" onKeyDown={onKeyDown}>
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        size="full"
        title={<ConflictTitle conflict={conflict} place={place} onStep={onStep} />}
        description={<WhatHappened conflict={conflict} />}
        footer={
          may ? (
            <>
              <Choices conflict={conflict} draft={draft} onChoose={choose} onDraft={change} />
              <ProgressNote progress={progress} />
              <Button onClick={onClose}>Cancel</Button>
              <ApplyButton ready={state.ready} pending={state.pending} onApply={state.apply} />
            </>
          ) : (
            <p className="text-muted mr-auto text-sm">{why}</p>
          )
        }
        onOpenAutoFocus={focusFirstField}
      >
        <div className="lg:flex lg:h-full lg:min-h-0 lg:gap-5">
          <div className="min-w-0 lg:flex-1 lg:overflow-y-auto lg:pr-1">
            {state.before && <ChangedNotice before={state.before} now={conflict} />}
            <ErrorNote error={state.error} />
            <Tabs
              label="How to look at it"
              value={tab}
              onValueChange={setTab}
              tabs={[
                { value: "fields", label: "Fields", content: fields },
                ...(may
                  ? [{ value: "result", label: "Result", className: "lg:hidden", content: result }]
                  : []),
                {
                  value: "text",
                  label: isFile ? "YAML text" : "As YAML",
                  content: <ThreeTexts conflict={conflict} mayPreview={may} />,
                },
              ]}
            />
          </div>
          {may && (
            <div className="hidden lg:block lg:w-[42%] lg:overflow-y-auto lg:border-l lg:pl-5">{result}</div>
          )}
        </div>
      </Dialog>
    </div>
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

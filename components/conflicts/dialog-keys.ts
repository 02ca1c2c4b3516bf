import type { KeyboardEvent } from "react";
import type { Choice } from "../../lib/sync/types.ts";
import { CHOICE_ORDER, RENAME_ANSWERS, type RenameAnswer } from "./words.ts";

interface DialogKeys {
  /** Null when this person may not resolve conflicts. */
  onChoose: ((choice: Choice) => void) | null;
  onStep(by: 1 | -1): void;
  onApply(): void;
}

/** The keys of the open conflict: 1, 2 and 3 choose, j and k go to another conflict, Enter applies. */
export function dialogKeys({ onChoose, onStep, onApply }: DialogKeys) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    if (event.target.closest("input,textarea,[contenteditable=true]")) return;
    const choice = onChoose ? CHOICE_ORDER[Number(event.key) - 1] : undefined;
    if (choice) onChoose?.(choice);
    else if (event.key === "j") onStep(1);
    else if (event.key === "k") onStep(-1);
    else if (event.key === "Enter" && !takesEnter(event.target)) onApply();
    else return;
    event.preventDefault();
  };
}

/** The keys of a question about a new id: 1, 2 and 3 answer it, j and k go to another conflict. */
export function renameKeys({
  onAnswer,
  onStep,
}: {
  onAnswer: ((answer: RenameAnswer) => void) | null;
  onStep(by: 1 | -1): void;
}) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const answer = onAnswer ? RENAME_ANSWERS[Number(event.key) - 1] : undefined;
    if (answer) onAnswer?.(answer);
    else if (event.key === "j") onStep(1);
    else if (event.key === "k") onStep(-1);
    else return;
    event.preventDefault();
  };
}

/** Whether Enter presses the control itself. On a field's side or a choice it applies instead. */
function takesEnter(target: Element): boolean {
  return (
    target.closest("button,a,[role=tab]") !== null &&
    target.getAttribute("role") !== "radio" &&
    !target.hasAttribute("aria-pressed")
  );
}

import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import type { FileJson } from "../../lib/protocol/file.ts";
import { taskHref } from "../shell/task-href.ts";

type TaskLine = FileJson["tasks"][number];

export const setTaskLines = StateEffect.define<{ tasks: readonly TaskLine[]; source: string | undefined }>();

class TaskLink extends WidgetType {
  constructor(
    private readonly id: string,
    private readonly source: string | undefined,
    private readonly open: (href: string) => void,
  ) {
    super();
  }

  override eq(other: TaskLink): boolean {
    return other.id === this.id && other.source === this.source;
  }

  override toDOM(): HTMLElement {
    const link = document.createElement("a");
    link.href = taskHref(this.id, this.source);
    link.className = "cm-task-link";
    link.textContent = `task ${this.id} ↗`;
    link.setAttribute("aria-label", `Open task ${this.id}`);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      this.open(taskHref(this.id, this.source));
    });
    return link;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const look = EditorView.theme({
  ".cm-task-link": {
    marginLeft: "16px",
    padding: "0 6px",
    borderRadius: "4px",
    fontFamily: "var(--font-sans)",
    fontSize: "11px",
    color: "var(--accent-text)",
    backgroundColor: "var(--accent-soft)",
    textDecoration: "none",
  },
  ".cm-task-link:hover": { textDecoration: "underline" },
});

/** Puts a link to the task's row at the end of each task's first line. */
export function taskLinks(open: (href: string) => void): Extension {
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(links, transaction) {
      let next = links.map(transaction.changes);
      for (const effect of transaction.effects)
        if (effect.is(setTaskLines))
          next = linksOf(transaction.state, effect.value.tasks, effect.value.source, open);
      return next;
    },
    provide: (self) => EditorView.decorations.from(self),
  });
  return [field, look];
}

function linksOf(
  state: EditorState,
  tasks: readonly TaskLine[],
  source: string | undefined,
  open: (href: string) => void,
): DecorationSet {
  const inText = tasks.filter(({ line }) => line <= state.doc.lines);
  return RangeSet.of(
    inText.map(({ task_id, line }) =>
      Decoration.widget({ widget: new TaskLink(task_id, source, open), side: 1 }).range(
        state.doc.line(line).to,
      ),
    ),
    true,
  );
}

"use client";

import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import type { FileJson } from "../../lib/protocol/file.ts";
import { differenceOf } from "../../lib/yaml/difference.ts";
import { readOnlyYaml } from "../code/read-only.ts";
import { setTaskLines, taskLinks } from "./task-links.ts";

export interface YamlViewProps {
  file: FileJson;
  source: string | undefined;
  /** What the text is, for people who do not see it. */
  label: string;
  /** Scrolls to this line; another object for the same line scrolls again. */
  target: { line: number } | null;
  onOpen(href: string): void;
}

/**
 * The file's text with its problems in the gutter and a link at each task. The scroll position stays when
 * the text changes.
 */
export default function YamlView({ file, source, label, target, onOpen }: YamlViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const open = useEffectEvent(onOpen);

  useEffect(() => {
    const extensions = [readOnlyYaml(label), lintGutter(), taskLinks((href) => open(href))];
    const view = new EditorView({
      ...(host.current ? { parent: host.current } : {}),
      state: EditorState.create({ extensions }),
    });
    editor.current = view;
    return () => {
      view.destroy();
      editor.current = null;
    };
  }, [label]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    // The editor counts CRLF as one character, so offsets are computed from the text that it holds.
    const text = (file.text ?? "").replace(/\r\n?/g, "\n");
    const { start, end, length } = differenceOf(view.state.doc.toString(), text);
    view.dispatch({ changes: { from: start, to: end, insert: text.slice(start, start + length) } });
    view.dispatch({ effects: setTaskLines.of({ tasks: file.tasks, source }) });
    view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, file)));
  }, [file, source, label]);

  useEffect(() => {
    const view = editor.current;
    if (!view || !target) return;
    const { from } = view.state.doc.line(Math.min(target.line, view.state.doc.lines));
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  }, [target]);

  return <div ref={host} className="h-full min-h-0" />;
}

function diagnosticsOf(doc: Text, { problems }: FileJson): Diagnostic[] {
  return problems.flatMap(({ line, column, message }) => {
    if (line === undefined || line > doc.lines) return [];
    const { from, to } = doc.line(line);
    const start = Math.min(to, from + (column ?? 1) - 1);
    return [{ from: start, to: Math.max(start, to), severity: "error", message }];
  });
}

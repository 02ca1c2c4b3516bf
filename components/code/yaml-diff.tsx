"use client";

import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { readOnlyYaml } from "./read-only.ts";

export interface YamlDiffProps {
  before: string;
  after: string;
  label: string;
  sideBySide?: boolean;
}

const MARGIN = { margin: 3, minSize: 6 };

/**
 * Two versions of a YAML text, with differing lines marked and equal lines folded. Large: load it on
 * demand.
 */
export default function YamlDiff({ before, after, label, sideBySide = false }: YamlDiffProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const view = sideBySide
      ? new MergeView({
          parent,
          a: { doc: before, extensions: [readOnlyYaml(`${label}: before`), EditorView.lineWrapping] },
          b: { doc: after, extensions: [readOnlyYaml(`${label}: after`), EditorView.lineWrapping] },
          collapseUnchanged: MARGIN,
        })
      : new EditorView({
          parent,
          state: EditorState.create({
            doc: after,
            extensions: [
              readOnlyYaml(label),
              unifiedMergeView({
                original: before,
                mergeControls: false,
                collapseUnchanged: MARGIN,
                syntaxHighlightDeletions: true,
              }),
            ],
          }),
        });
    return () => view.destroy();
  }, [before, after, label, sideBySide]);
  return <div ref={host} className="bg-surface h-full overflow-auto" />;
}

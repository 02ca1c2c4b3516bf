import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Gives the editor the page's colours, which follow the theme. */
const look = EditorView.theme({
  "&": { height: "100%", fontSize: "12.5px", backgroundColor: "var(--surface)", color: "var(--text)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--default-mono-font-family, var(--font-mono))",
    lineHeight: "1.6",
    overflow: "auto",
    fontVariantLigatures: "none",
  },
  ".cm-scroller:has(.cm-content:focus-visible)": { boxShadow: "inset 0 0 0 2px var(--accent)" },
  ".cm-content": { padding: "8px 0" },
  ".cm-gutters": {
    backgroundColor: "var(--surface)",
    color: "var(--muted)",
    borderRight: "1px solid var(--border)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 8px 0 12px", minWidth: "36px" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {
    backgroundColor: "var(--accent-soft) !important",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--border-strong)",
    borderRadius: "6px",
  },
  ".cm-diagnostic": { padding: "6px 10px", fontFamily: "var(--font-sans)" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--bad)" },
  ".cm-mergeView, .cm-mergeViewEditors": { height: "100%" },
  ".cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "var(--ok-soft) !important" },
  ".cm-deletedChunk, .cm-deletedLine": { backgroundColor: "var(--bad-soft) !important", padding: "0" },
  ".cm-deletedChunk": { paddingLeft: "6px" },
  ".cm-deletedChunk .cm-deletedLine, .cm-deletedChunk del, .cm-deletedText": { textDecoration: "none" },
  "&.cm-merge-a .cm-changedLine": { backgroundColor: "var(--bad-soft) !important" },
  ".cm-changedText": {
    background: "color-mix(in srgb, var(--ok) 20%, transparent) !important",
    borderRadius: "2px",
  },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": {
    background: "color-mix(in srgb, var(--bad) 14%, transparent) !important",
    borderRadius: "2px",
  },
  ".cm-changeGutter": { width: "3px", paddingLeft: "0" },
  ".cm-changedLineGutter": { background: "var(--ok) !important" },
  ".cm-deletedLineGutter, &.cm-merge-a .cm-changedLineGutter": { background: "var(--bad) !important" },
  ".cm-collapsedLines": {
    background: "var(--hover)",
    color: "var(--muted)",
    padding: "3px 12px",
    fontFamily: "var(--font-sans)",
  },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent-text)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ok-text)" },
  { tag: [tags.number, tags.bool, tags.null, tags.labelName, tags.typeName], color: "var(--warn-text)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: "var(--muted)" },
]);

export const codeTheme: Extension = [look, syntaxHighlighting(colours)];

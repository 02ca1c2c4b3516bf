import { yaml } from "@codemirror/lang-yaml";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { codeTheme } from "./code-theme.ts";

/** YAML to be read and copied, scrolled with the keyboard, and changed by nobody. */
export function readOnlyYaml(label: string): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, "aria-readonly": "true" }),
    lineNumbers(),
    yaml(),
    codeTheme,
  ];
}

import { yaml } from "@codemirror/lang-yaml";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { codeTheme } from "./code-theme.ts";

/** Makes the editor a view of YAML that can be read, copied and scrolled by keyboard, but not edited. */
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

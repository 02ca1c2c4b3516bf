import type { RunChange } from "../../lib/protocol/run.ts";

/** The lines of the changed tasks before and after, in the same order; null when no lines were kept. */
export function textsOf(
  changes: readonly Pick<RunChange, "yaml_before" | "yaml_after">[],
): { before: string; after: string } | null {
  if (changes.every((change) => change.yaml_before === null && change.yaml_after === null)) return null;
  const join = (parts: (string | null)[]) =>
    parts.flatMap((part) => (part === null ? [] : part.endsWith("\n") ? part : `${part}\n`)).join("\n");
  return {
    before: join(changes.map((change) => change.yaml_before)),
    after: join(changes.map((change) => change.yaml_after)),
  };
}

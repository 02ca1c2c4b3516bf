import type { PullJson } from "../../lib/protocol/pull.ts";
import { plural } from "../shell/run-words.ts";
import type { Tone } from "../ui/badge.tsx";

export const PULL_KIND: Record<PullJson["kind"], string> = {
  full: "Full pull",
  incremental: "What is new",
  part: "A part",
};

export const PULL_STATE: Record<PullJson["state"], { text: string; tone: Tone }> = {
  running: { text: "Running", tone: "accent" },
  complete: { text: "Complete", tone: "ok" },
  incomplete: { text: "Not complete", tone: "bad" },
  halted: { text: "Halted", tone: "bad" },
  abandoned: { text: "Abandoned", tone: "neutral" },
};

/** Why the pull proves what is gone in the other system, or why it does not, in a sentence. */
export function proofInWords(pull: PullJson): string {
  switch (pull.state) {
    case "running":
      return "It is under way; what came so far is stored.";
    case "abandoned":
      return "Another pull took its place. What came is stored, and it deleted nothing.";
    case "halted":
      return `It is complete, and its deletions wait for an admin: ${pull.reason ?? "no reason was kept"}.`;
    case "incomplete":
      return `It was not complete, so it deleted nothing: ${pull.reason ?? "no reason was kept"}.`;
    case "complete":
      return pull.kind === "incremental"
        ? "It read what is new since the last cursor. Only a full pull finds what is gone."
        : `Every page was read, each item had a key${totalInWords(pull)}${firstPageInWords(pull)}.`;
  }
}

function totalInWords({ declared_total: total }: PullJson): string {
  return total === null ? "" : `, and all ${plural(total, "item")} that the answers promised came`;
}

function firstPageInWords({ first_page: first }: PullJson): string {
  if (first === null) return "";
  return first === "unchanged"
    ? ", and the first page was unchanged when it was read again"
    : ", and lists whose first page had changed were read again";
}

export function changesInWords({ created, updated, deleted }: PullJson): string {
  const parts = [
    created > 0 ? `${created.toLocaleString("en")} new` : "",
    updated > 0 ? `${updated.toLocaleString("en")} changed` : "",
    deleted > 0 ? `${deleted.toLocaleString("en")} deleted` : "",
  ].filter(Boolean);
  return parts.length === 0 ? "nothing had changed" : parts.join(", ");
}

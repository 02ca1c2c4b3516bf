import type { ObjectJson } from "../../lib/protocol/object.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { Shown } from "./object-view.ts";

interface Words {
  text: string;
  tone: Tone;
  why: string;
}

export const FRESHNESS_WORDS: Record<Exclude<Shown, "all">, Words> = {
  fresh: { text: "Fresh", tone: "ok", why: "It was seen within the time that its source allows" },
  stale: { text: "Stale", tone: "warn", why: "It was last seen longer ago than its source allows" },
  never: { text: "Never complete", tone: "neutral", why: "Its source was never pulled as a whole" },
  deleted: { text: "Deleted", tone: "bad", why: "It is gone in the other system; its last state is kept" },
};

/** How fresh an object or a type is, in a word. */
export function FreshnessBadge({ of }: { of: Exclude<Shown, "all"> }) {
  const { text, tone, why } = FRESHNESS_WORDS[of];
  return (
    <Badge tone={tone} dot title={why}>
      {text}
    </Badge>
  );
}

export function freshnessOf({ deleted_at, freshness }: ObjectJson): Exclude<Shown, "all"> {
  return deleted_at === null ? freshness : "deleted";
}

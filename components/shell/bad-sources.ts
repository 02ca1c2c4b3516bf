import type { SourceStatusJson } from "../../lib/protocol/status.ts";

type Source = Pick<SourceStatusJson, "id" | "halted" | "problems" | "sync_status_reason">;

/** `eu is halted`, `eu cannot be read and 2 more`: the sources that need a person, the worst by name; null when none does. */
export function badSources(sources: readonly Source[]): string | null {
  const words = (source: Source): string | null =>
    source.halted
      ? "is halted"
      : source.sync_status_reason?.code === "file_unreadable"
        ? "cannot be read"
        : source.problems > 0
          ? "has problems"
          : null;
  const [first, ...others] = sources.flatMap((source) => {
    const why = words(source);
    return why === null ? [] : [`${source.id} ${why}`];
  });
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

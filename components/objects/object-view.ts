/** Which objects are shown: all that are there, those of one freshness, or those that are gone. */
export const SHOWN = ["all", "fresh", "stale", "never", "deleted"] as const;
export type Shown = (typeof SHOWN)[number];

/** The search and filters of the page of objects; the address keeps them. */
export interface ObjectView {
  q: string;
  source: string | null;
  type: string | null;
  show: Shown;
}

export const EVERY_OBJECT: ObjectView = { q: "", source: null, type: null, show: "all" };

/** Reads a view from the address. Unknown values are ignored, because people type addresses and keep old links. */
export function objectViewFrom(search: URLSearchParams): ObjectView {
  return {
    q: search.get("q") ?? "",
    source: search.get("source") || null,
    type: search.get("type") || null,
    show: SHOWN.find((each) => each === search.get("show")) ?? "all",
  };
}

/** The parameters with the view written into them; parameters that are not the view's stay. */
export function withObjectView(search: URLSearchParams, view: ObjectView): URLSearchParams {
  const result = new URLSearchParams(search);
  for (const name of ["q", "source", "type", "show"]) result.delete(name);
  if (view.q.trim() !== "") result.set("q", view.q);
  if (view.source !== null) result.set("source", view.source);
  if (view.type !== null) result.set("type", view.type);
  if (view.show !== "all") result.set("show", view.show);
  return result;
}

/** Whether the page shows a list of matches. Otherwise it shows the tree from its roots. */
export function isFiltered({ q, source, type, show }: ObjectView): boolean {
  return q.trim() !== "" || source !== null || type !== null || show !== "all";
}

/** What the API is asked for: the children of an object, or else the roots or the matches. */
export function objectQuery(view: ObjectView, parent: string | null): Record<string, string> {
  if (parent !== null) return { parent };
  if (!isFiltered(view)) return { parent: "none" };
  const { q, source, type, show } = view;
  return {
    ...(q.trim() === "" ? {} : { q: q.trim() }),
    ...(source === null ? {} : { source }),
    ...(type === null ? {} : { type }),
    ...(show === "all" ? {} : show === "deleted" ? { deleted: "only" } : { freshness: show }),
  };
}

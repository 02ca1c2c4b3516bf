import type { ViewJson } from "../../lib/protocol/view.ts";
import type { Columns } from "./columns.ts";
import { type View, viewFrom, withView } from "./view.ts";

/** How the list looks now, and a way to change it. */
export interface ShownList {
  view: View;
  columns: Columns;
  onView(change: Partial<View>): void;
}

/** The view as it is saved and shared: what stands after the `?` of the page's address. */
export function queryOf(view: View, columns: Columns = view.columns): string {
  return withView(new URLSearchParams(), { ...view, columns }).toString();
}

export function viewOf(query: string): View {
  return viewFrom(new URLSearchParams(query));
}

export interface ShownView {
  saved: ViewJson;
  /** Whether what is shown differs from what was saved. */
  edited: boolean;
}

/**
 * The saved view that is shown: the one that was chosen, even after its filters were changed, or else one that says the same as
 * the address.
 */
export function shownView(all: readonly ViewJson[], chosen: string | null, view: View): ShownView | null {
  const now = queryOf(view);
  const isNow = ({ query }: ViewJson) => queryOf(viewOf(query)) === now;
  const saved = all.find(({ id }) => id === chosen) ?? (now === "" ? undefined : all.find(isNow));
  return saved ? { saved, edited: !isNow(saved) } : null;
}

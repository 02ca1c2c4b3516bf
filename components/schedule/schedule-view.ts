export const SPANS = ["day", "week", "month"] as const;
export type Span = (typeof SPANS)[number];

/** Whose clock the axis shows: the browser's, UTC, or for each row that of its own task. */
export const ZONES = ["browser", "utc", "own"] as const;
export type Zone = (typeof ZONES)[number];

/** A row for each task, or for each group of tasks that start together. */
export const LAYOUTS = ["tasks", "together"] as const;
export type Layout = (typeof LAYOUTS)[number];

export const ORDERS = ["next", "name", "often"] as const;
export type Order = (typeof ORDERS)[number];

/** What the page Schedule shows; the address keeps it. */
export interface ScheduleView {
  span: Span;
  zone: Zone;
  layout: Layout;
  order: Order;
  /** Only tasks whose text has each of these words. */
  q: string;
  /** True when paused, disabled and completed tasks are shown too. */
  resting: boolean;
  /** The minute since the epoch around which the axis lies; null for the present. */
  at: number | null;
}

/** Reads a view from the address. Values that do not exist are ignored, because people type addresses. */
export function scheduleViewFrom(search: URLSearchParams): ScheduleView {
  const one = <Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value =>
    values.find((value) => value === search.get(name)) ?? values[0];
  const at = Date.parse(search.get("at") ?? "");
  return {
    span: one("span", SPANS),
    zone: one("zone", ZONES),
    layout: one("rows", LAYOUTS),
    order: one("order", ORDERS),
    q: search.get("q") ?? "",
    resting: search.get("resting") === "yes",
    at: Number.isNaN(at) ? null : Math.floor(at / 60_000),
  };
}

/** The parameters with the view written into them; parameters that are not the view's stay. */
export function withScheduleView(search: URLSearchParams, view: ScheduleView): URLSearchParams {
  const result = new URLSearchParams(search);
  const put = (name: string, value: string, usual: string) => {
    if (value === usual) result.delete(name);
    else result.set(name, value);
  };
  put("span", view.span, SPANS[0]);
  put("zone", view.zone, ZONES[0]);
  put("rows", view.layout, LAYOUTS[0]);
  put("order", view.order, ORDERS[0]);
  put("q", view.q, "");
  put("resting", view.resting ? "yes" : "", "");
  put("at", view.at === null ? "" : `${new Date(view.at * 60_000).toISOString().slice(0, 16)}Z`, "");
  return result;
}

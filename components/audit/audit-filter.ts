import { AUDIT_SUBJECTS, type AuditSubject } from "../../lib/protocol/audit.ts";

/**
 * The filter, as the page's address and the API name it. Days are in UTC; `until` is the last day
 * included.
 */
export interface AuditFilter {
  q: string;
  subject: AuditSubject | "all";
  /** A kind of actor (`user`, `sql`) or one actor (`user:ada@example.com`); empty: every actor. */
  actor: string;
  task: string;
  run: string;
  source: string;
  since: string;
  until: string;
}

export const NO_FILTER: AuditFilter = {
  q: "",
  subject: "all",
  actor: "",
  task: "",
  run: "",
  source: "",
  since: "",
  until: "",
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function filterFrom(address: URLSearchParams): AuditFilter {
  const text = (name: string) => address.get(name)?.trim() ?? "";
  const day = (name: string) =>
    DAY.test(text(name)) && !Number.isNaN(Date.parse(text(name))) ? text(name) : "";
  return {
    q: text("q"),
    subject: AUDIT_SUBJECTS.find((subject) => subject === text("subject")) ?? "all",
    actor: text("actor"),
    task: text("task"),
    run: text("run"),
    source: text("source"),
    since: day("since"),
    until: day("until"),
  };
}

/** The page's address with the filters that are set. */
export function addressOf(filter: AuditFilter): string {
  const given = Object.entries(filter).filter(
    ([name, value]) => value !== NO_FILTER[name as keyof AuditFilter],
  );
  return new URLSearchParams(given).toString();
}

export function isFiltered(filter: AuditFilter): boolean {
  return addressOf(filter) !== "";
}

/** The query that the API gets. */
export function apiQuery({
  q,
  subject,
  actor,
  task,
  run,
  source,
  since,
  until,
}: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  const add = (name: string, value: string) => value !== "" && query.set(name, value);
  add("q", q);
  add("subject", subject === "all" ? "" : subject);
  add("actor", actor);
  add("task_id", task);
  add("run_id", run);
  add("source", source);
  add("since", since);
  add("until", until === "" ? "" : new Date(Date.parse(until) + 86_400_000).toISOString());
  return query;
}

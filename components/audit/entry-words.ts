import { isMap, type Json, type JsonMap } from "../../lib/json.ts";
import type { AuditEntry, AuditGroup } from "../../lib/protocol/audit.ts";
import { choiceNamed } from "../../lib/protocol/wire.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { choiceInAudit } from "../conflicts/words.ts";
import type { Tone } from "../ui/badge.tsx";

type EntryFacts = Pick<
  AuditEntry,
  "action" | "subject" | "subject_id" | "task_id" | "before" | "after" | "diff" | "detail"
>;

function choiceInWords(stored = "", names: SideNames): string {
  const choice = choiceNamed(stored);
  return choice ? choiceInAudit(choice, names) : "a choice";
}

const TABLES: Record<string, string> = { audit_entries: "old entries of the audit", runs: "old runs" };

/**
 * What an entry says, written to follow the name of the actor: `changed task 2`.
 * @param names of the entry's source.
 */
export function whatInWords(entry: EntryFacts, names: SideNames): string {
  return taskInWords(entry, names) ?? accessInWords(entry) ?? entry.action.replaceAll("_", " ");
}

/** `created 5,000 tasks`, `created 2, changed 3 and deleted 1 tasks`. */
export function groupInWords({ created, updated, deleted }: AuditGroup): string {
  const parts = [
    ["created", created] as const,
    ["changed", updated] as const,
    ["deleted", deleted] as const,
  ].flatMap(([did, count]) => (count > 0 ? [`${did} ${count.toLocaleString("en")}`] : []));
  const last = parts.pop();
  return `${parts.length === 0 ? "" : `${parts.join(", ")} and `}${last ?? "changed"} tasks`;
}

/** What was done to tasks, conflicts, the file and the sources; undefined for every other action. */
function taskInWords(entry: EntryFacts, names: SideNames): string | undefined {
  const detail = (name: string) => text(entry.detail?.[name]);
  const task = taskNamed(entry);
  switch (entry.action) {
    case "task_created":
      return `created ${task}`;
    case "task_updated":
      return entry.diff.length === 0 ? `wrote ${task} as it was` : `changed ${fieldsOf(entry)} of ${task}`;
    case "task_deleted":
      return `deleted ${task}`;
    case "tasks_truncated":
      return "emptied the table of tasks";
    case "conflict_detected":
      return `found a conflict in ${task}`;
    case "conflict_resolved":
      return `resolved the conflict in ${task} with ${choiceInWords(detail("choice"), names)}`;
    case "conflict_closed":
      return `closed the conflict in ${task}: both sides agree`;
    case "sync_requested":
      return `ran ${entry.detail?.["force"] === true ? "a forced sync" : "a sync"}${entry.detail?.["allow_deletes"] === true ? " and confirmed its deletions" : ""}`;
    case "tasks_put_back":
      return "put back the tasks that one side had lost";
    case "rollback_requested":
      return "undid a run";
    case "restore_requested":
      return "put a kept version of the file back";
    case "source_settings_changed":
      return `changed settings of the source ${entry.subject_id}`;
    case "history_cleared":
      return `cleared ${detail("entries") ?? "some"} ${TABLES[entry.subject_id ?? ""] ?? "entries"}`;
    default:
      return undefined;
  }
}

/** `task 2 (ledger-close)`; without the name where the entry does not have it. */
function taskNamed({ task_id, before, after }: EntryFacts): string {
  const name = nameIn(after) ?? nameIn(before);
  return name === undefined ? `task ${task_id}` : `task ${task_id} (${name})`;
}

/** The name of the task in what an entry keeps: a task, or the sides of a conflict. */
function nameIn(kept: JsonMap | null): string | undefined {
  if (kept === null) return undefined;
  const sides = ["database", "file", "last_synced"].map((side) => kept[side]);
  return [kept, ...sides].map((each) => (isMap(each) ? text(each["skill_name"]) : undefined)).find(Boolean);
}

/** What was done to users, sessions, invitations and tokens; undefined for every other action. */
function accessInWords(entry: EntryFacts): string | undefined {
  const email =
    text(entry.detail?.["email"]) ??
    text(entry.after?.["email"]) ??
    text(entry.before?.["email"]) ??
    "a user";
  const name = text(entry.after?.["name"]) ?? text(entry.before?.["name"]) ?? entry.subject_id ?? "";
  switch (entry.action) {
    case "user_created":
      return `added the user ${email}`;
    case "user_renamed":
      return `renamed ${email}`;
    case "user_role_changed":
      return `made ${email} ${article(text(entry.after?.["role"]) ?? "something else")}`;
    case "user_disabled":
      return `disabled ${email}`;
    case "user_enabled":
      return `enabled ${email} again`;
    case "sessions_ended":
      return `ended the sessions of ${email}`;
    case "invitation_created":
      return `invited ${email} as ${article(text(entry.after?.["role"]) ?? "user")}`;
    case "invitation_withdrawn":
      return `withdrew the invitation of ${email}`;
    case "reset_link_created":
      return `made a link to set ${email}’s password`;
    case "signed_in":
      return "signed in";
    case "sign_in_failed":
      return `failed to sign in as ${email}`;
    case "sign_in_throttled":
      return `was stopped from signing in as ${email}`;
    case "signed_out":
      return "signed out";
    case "session_ended":
      return "ended one of their sessions";
    case "signed_out_everywhere":
      return "signed out everywhere";
    case "password_changed":
      return "changed their password";
    case "password_reset":
      return "set a new password by a link";
    case "token_created":
      return `made the API token ${name}`;
    case "token_revoked":
      return `revoked the API token ${name}`;
    default:
      return undefined;
  }
}

const MOST_FIELDS = 3;

function fieldsOf({ diff }: EntryFacts): string {
  const names = diff.map((each) => each.field);
  if (names.length <= MOST_FIELDS) return names.join(", ");
  return `${names.slice(0, MOST_FIELDS - 1).join(", ")} and ${names.length - MOST_FIELDS + 1} more fields`;
}

function article(role: string): string {
  return `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/**
 * Green: something new or settled; red: something gone or refused; amber: something for a person to look
 * at.
 */
export function toneOf(action: string): Tone {
  if (/_failed$|_throttled$|_deleted$|_truncated$|_revoked$|_disabled$|_cleared$/.test(action)) return "bad";
  if (/^conflict_detected$|^rollback_|^restore_/.test(action)) return "warn";
  if (/_created$|_enabled$|_resolved$|_closed$/.test(action)) return "ok";
  return "neutral";
}

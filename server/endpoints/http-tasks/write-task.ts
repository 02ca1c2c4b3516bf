import type { JsonMap } from "../../../lib/json.ts";
import type { HttpTasksConfig, WriteConfig } from "../../../lib/source/http-tasks/config.ts";
import { CollectionUnreadable } from "../collection.ts";
import { EndpointTaken } from "../errors.ts";
import type { MayWrite } from "../endpoint.ts";
import type { HttpAnswer, HttpClient } from "../over-http/http-client.ts";
import { itemIn, reasonIn } from "./answers.ts";
import { bodyOfChange } from "./body-of-change.ts";
import type { TaskChange } from "./change.ts";
import { keyOf } from "./listing.ts";
import { sameTask } from "./same-task.ts";
import { taskAddress } from "./task-address.ts";
import { taskOfItem } from "./task-of-item.ts";

/** What became of one change. */
export type Written =
  /** `item` is the task as the other system has it now; null: it has it no more; undefined: it does not say. */
  | { kind: "done"; item: JsonMap | null | undefined }
  /** The task is not what was read: it is read again, and decided anew. */
  | { kind: "moved" }
  | { kind: "refused"; why: string }
  /** Time alone may mend it. */
  | { kind: "later"; why: string };

export interface TaskWriter {
  client: HttpClient;
  config: HttpTasksConfig;
  place: string;
  mayWrite: MayWrite;
}

export interface PlannedChange extends TaskChange {
  /** The item as it was listed; null: there was none. */
  item: JsonMap | null;
  idempotencyKey: string;
}

const GONE = [404, 410];
/** Of the request as such, or of the moment: they say nothing about the task. */
const NOT_OF_THE_TASK = [401, 407, 408, 425, 429];

/** Writes one task, after a look at it and with a look at what came of it. @throws {EndpointTaken} */
export async function writeTask(writer: TaskWriter, change: PlannedChange): Promise<Written> {
  const write = writer.config.writes[change.kind];
  if (!write) return { kind: "refused", why: `there is no writes.${change.kind}` };
  try {
    const found = await lookAt(writer, change);
    if ("kind" in found) return found;
    const answer = await send(writer, write, change, found);
    if (typeof answer === "string") return { kind: "refused", why: answer };
    const refusal = judge(writer, write, change, answer);
    if (refusal) return refusal;
    const item = await after(writer, change, answer);
    return item && idOf(item, writer) !== change.key ? await takeBack(writer, item) : { kind: "done", item };
  } catch (error) {
    if (!(error instanceof CollectionUnreadable)) throw error;
    return { kind: "later", why: error.message };
  }
}

interface Present {
  item: JsonMap | null;
  etag: string | undefined;
}

/** What the other system has right now. Where that is not what was read, nothing is written. */
async function lookAt({ client, config }: TaskWriter, change: PlannedChange): Promise<Present | Written> {
  const { kind, key, item, after } = change;
  const url = taskAddress(client, config.item_path ?? "", key, item);
  // The id that the other system will give a new task is not known yet; the list was just read, and does not have it.
  if (!url) return { item, etag: undefined };
  const answer = await client.get(url);
  if (GONE.includes(answer.status)) {
    if (kind === "create") return { item: null, etag: undefined };
    return kind === "delete" ? { kind: "done", item: null } : { kind: "moved" };
  }
  const now = answer.status === 200 ? itemIn(answer, config.item_selector) : null;
  if (!now) return { kind: "later", why: `${client.named(url)}: answered ${answer.status} without the task` };
  // An earlier try, whose answer did not come, has created it; or the list does not show it.
  if (kind === "create")
    return sameTask(taskOfItem(now, config), after ?? {})
      ? { kind: "done", item: now }
      : { kind: "refused", why: `${client.named(url)} has a task with this id that the list does not show` };
  if (!sameTask(taskOfItem(now, config), taskOfItem(item, config))) return { kind: "moved" };
  const { etag } = answer.headers;
  return { item: now, etag: typeof etag === "string" ? etag : undefined };
}

/** @returns the answer; a text: why nothing was sent. */
async function send(
  { client, config, place, mayWrite }: TaskWriter,
  write: WriteConfig,
  change: PlannedChange,
  { item, etag }: Present,
): Promise<HttpAnswer | string> {
  const path = write.path ?? (change.kind === "create" ? config.path : (config.item_path ?? ""));
  const url = taskAddress(client, path, change.key, item);
  if (!url) return `the path ${path} names a field that the task does not have there`;
  const body = bodyOfChange(change, write, config, item);
  const headers: Record<string, string> = {
    ...(etag !== undefined && config.writes.if_match ? { "if-match": etag } : {}),
    ...(change.kind === "create"
      ? { [config.writes.idempotency_header.toLowerCase()]: change.idempotencyKey }
      : {}),
  };
  if (!mayWrite()) throw new EndpointTaken(place);
  return client.send(url, {
    method: write.method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers,
  });
}

/** What the answer says of the change when it was not made; null: it was. */
function judge(
  { client }: TaskWriter,
  write: WriteConfig,
  { kind }: PlannedChange,
  answer: HttpAnswer,
): Written | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  if (status === 412) return { kind: "moved" };
  if (GONE.includes(status) && kind === "delete") return null;
  if (GONE.includes(status) && kind === "update") return { kind: "moved" };
  const reason = client.secrets.hide(reasonIn(answer));
  const why = `${client.named(answer.url, write.method)} answered ${status}${reason === "" ? "" : `: ${reason}`}`;
  const isOfTheTask = status >= 400 && status < 500 && !NOT_OF_THE_TASK.includes(status);
  return { kind: isOfTheTask ? "refused" : "later", why };
}

/** The task as the other system has it after the change: its answer is what counts, or a look where it does not say. */
async function after(
  { client, config }: TaskWriter,
  change: PlannedChange,
  answer: HttpAnswer,
): Promise<JsonMap | null | undefined> {
  if (change.kind === "delete") return null;
  const told = itemIn(answer, config.item_selector);
  if (told && keyOf(taskOfItem(told, config)) === change.key) return told;
  const url = taskAddress(client, config.item_path ?? "", change.key, change.item ?? told);
  if (!url) return undefined;
  try {
    const now = await client.get(url);
    return now.status === 200 ? (itemIn(now, config.item_selector) ?? undefined) : undefined;
  } catch (error) {
    if (error instanceof CollectionUnreadable) return undefined;
    throw error;
  }
}

function idOf(item: JsonMap, { config }: TaskWriter): string | undefined {
  return keyOf(taskOfItem(item, config));
}

/** The API gave the new task an id of its own, under which it would be another task: one more with each run. */
async function takeBack({ client, config }: TaskWriter, item: JsonMap): Promise<Written> {
  const id = keyOf(taskOfItem(item, config)) ?? "none";
  const why = `the API gave it the id ${id}; map.id must be a field that a new task can be given`;
  const { delete: remove } = config.writes;
  const url = remove && taskAddress(client, remove.path ?? config.item_path ?? "", id, item);
  if (!url) return { kind: "refused", why: `${why}. The task ${id} is still there` };
  const answer = await client.send(url, { method: remove.method, body: undefined, headers: {} });
  const gone = answer.status < 300 || GONE.includes(answer.status);
  return {
    kind: "refused",
    why: gone ? `${why}. It was taken back` : `${why}. The task ${id} is still there`,
  };
}

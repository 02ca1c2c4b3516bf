import type { YAMLMap } from "yaml";
import type { Json } from "../../json.ts";
import { isField } from "../../task/fields.ts";
import { type Complain, readNode } from "../read-node.ts";
import { type HttpTasksConfig, httpTasksSchema } from "./config.ts";
import { isTheirs, namesIn } from "./template.ts";

const WRITES = ["create", "update", "delete"] as const;

/** Reads one entry of `kind: http_tasks`; null, with its problems told, when it cannot be used. */
export function readHttpTasks(entry: YAMLMap, complain: Complain): HttpTasksConfig | null {
  const read = readNode(httpTasksSchema, entry, {
    name: "",
    unnamed: "a source of kind http_tasks",
    complain,
  });
  if (!read) return null;
  const { paginator = read.client.paginator, ...rest } = read;
  if (!paginator) {
    complain(
      entry,
      `${read.id} needs a paginator, here or in the client; {type: single_page} if it has one page`,
    );
    return null;
  }
  const config: HttpTasksConfig = { ...rest, paginator };
  const wrong = problemsOf(config);
  for (const [path, message] of wrong) complain(entry.getIn(path, true) ?? entry, `${read.id}: ${message}`);
  return wrong.length > 0 ? null : config;
}

type Wrong = [path: string[], message: string];

function problemsOf(config: HttpTasksConfig): Wrong[] {
  const { item_path, writes } = config;
  const wrong: Wrong[] = [];
  const given = WRITES.filter((name) => writes[name]);
  if (given.length > 0 && item_path === undefined)
    wrong.push([["writes"], "writes need item_path, where one task is read before and after it is written"]);
  if (item_path !== undefined && namesIn(item_path).length === 0)
    wrong.push([["item_path"], "item_path must name the task, such as /tasks/{item.id}"]);
  if (config.map.id.startsWith("$") && writes.create)
    wrong.push([["map", "id"], "id must be a plain field, so that a new task can be given its id there"]);
  for (const { template, where, creates } of templatesOf(config)) {
    for (const name of namesIn(template)) {
      const message = nameProblem(name, creates, where.at(-1) === "body" ? config.map : {});
      if (message !== null) wrong.push([where, message]);
    }
  }
  return [...wrong, ...idProblems(config)];
}

interface Template {
  template: Json;
  where: string[];
  /** Whether it is of a request that adds a task. */
  creates: boolean;
}

function templatesOf({ item_path, writes }: HttpTasksConfig): Template[] {
  const of = WRITES.flatMap((name) =>
    (["path", "body"] as const).map((key) => ({
      template: (writes[name]?.[key] ?? null) as Json,
      where: ["writes", name, key],
      creates: name === "create",
    })),
  );
  return [{ template: item_path ?? null, where: ["item_path"], creates: false }, ...of];
}

/** Why a template cannot name this; null: it can. */
function nameProblem(name: string[], creates: boolean, fields: object): string | null {
  const shown = `{${name.join(".")}}`;
  if (isTheirs(name))
    return creates ? `${shown} is a field of theirs, which a new task does not have yet` : null;
  const [top = ""] = name;
  if ((top === "id" && name.length === 1) || Object.hasOwn(fields, top)) return null;
  if (isField(top)) return `${shown} cannot be in a path, or is not in map`;
  return `${shown} is no field of a task; {item.${name.join(".")}} would be a field of theirs`;
}

/** Otherwise nothing would tell that a task there is the one that was created here. */
function idProblems({ writes: { create } }: HttpTasksConfig): Wrong[] {
  if (!create || create.body === undefined) return [];
  const named = [...namesIn(create.body as Json), ...namesIn(create.path ?? "")];
  if (named.some(([top, ...more]) => top === "id" && more.length === 0)) return [];
  return [[["writes", "create"], "a new task must be given its {id}, in the body or the path"]];
}

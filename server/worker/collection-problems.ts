import { isOwnVariable } from "../../config/env.ts";
import { variablesIn } from "../../lib/source/http/parts.ts";
import { type HttpTasksConfig, mappedPaths } from "../../lib/source/http-tasks/config.ts";
import { fieldIn } from "../../lib/source/http-tasks/expression.ts";
import type { HttpResourceConfig } from "../../lib/source/http/resource.ts";
import type { SourceEntry } from "../../lib/source/parse-sources.ts";
import type { SourceProblem } from "../../lib/source/place.ts";
import { jsonPathProblem } from "../json-path.ts";

/** What is wrong with sources behind an address, or of objects, that their schema does not show. */
export function collectionProblems(entries: readonly SourceEntry[]): SourceProblem[] {
  const collections = new Set(entries.flatMap(({ id, http, csv }) => (http || csv ? [id] : [])));
  return entries.flatMap(({ id, http, csv, httpTasks, at, dependsAt }): SourceProblem[] => {
    const config = http?.resource ?? csv ?? (httpTasks && asCollection(httpTasks));
    if (!config) return [];
    const problems = [...pathsOf(config), ...(httpTasks ? mappedFields(httpTasks) : [])].flatMap(
      ([key, path]): SourceProblem[] => {
        const wrong = jsonPathProblem(path);
        return wrong === null ? [] : [{ message: `${id}: ${key} ${path} is no JSONPath: ${wrong}`, ...at }];
      },
    );
    const { parent } = config;
    if (parent && !collections.has(parent.source))
      problems.push({
        message: `${id} hangs from ${parent.source}, which is no source of objects`,
        ...dependsAt,
      });
    const sent = http
      ? [http.client, http.resource.params]
      : [csv?.from, httpTasks?.client, httpTasks?.params];
    const named = variablesIn(JSON.stringify(sent));
    // Who may edit the list could otherwise send Lockstep's own secrets to a host of their choice.
    for (const name of new Set(named.filter(isOwnVariable)))
      problems.push({
        message: `${id}: \${${name}} is Lockstep's own and cannot be sent; use another variable`,
        ...at,
      });
    return problems;
  });
}

function asCollection({ data_selector, item_selector, paginator, map }: HttpTasksConfig): Pathed {
  return { data_selector, item_selector, paginator, primary_key: [map.id], parent: null };
}

function mappedFields({ map }: HttpTasksConfig): [string, string][] {
  return mappedPaths(map).flatMap(({ path, from }): [string, string][] => {
    const field = fieldIn(from);
    return field?.startsWith("$") ? [[`map.${path.join(".")}`, field]] : [];
  });
}

type Pathed = Partial<HttpResourceConfig> & Pick<HttpResourceConfig, "primary_key" | "parent">;

function pathsOf({ paginator = { type: "single_page" }, ...config }: Pathed): [string, string][] {
  const named = Object.entries({
    data_selector: config.data_selector,
    item_selector: config.item_selector,
    updated_at: config.updated_at,
    primary_key: config.primary_key,
    "parent.field": config.parent?.kind === "field" ? config.parent.field : undefined,
    "incremental.cursor_path": config.incremental?.cursor_path,
    ...Object.fromEntries(Object.entries(paginator).filter(([key]) => key.endsWith("_path"))),
  });
  return named.flatMap(([key, value]) =>
    [value]
      .flat()
      .flatMap((path): [string, string][] =>
        typeof path === "string" && path.startsWith("$") ? [[key, path]] : [],
      ),
  );
}

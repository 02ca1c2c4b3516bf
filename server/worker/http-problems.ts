import { isOwnVariable } from "../../config/env.ts";
import { variablesIn } from "../../lib/source/http/parts.ts";
import type { HttpResourceConfig } from "../../lib/source/http/resource.ts";
import type { SourceEntry } from "../../lib/source/parse-sources.ts";
import type { SourceProblem } from "../../lib/source/place.ts";
import { jsonPathProblem } from "../json-path.ts";

/** What is wrong with resources of APIs that their schema does not show. */
export function httpProblems(entries: readonly SourceEntry[]): SourceProblem[] {
  const collections = new Set(entries.flatMap(({ id, http }) => (http ? [id] : [])));
  return entries.flatMap(({ id, http, at, dependsAt }): SourceProblem[] => {
    if (!http) return [];
    const { resource, client } = http;
    const problems = pathsOf(resource).flatMap(([key, path]): SourceProblem[] => {
      const wrong = jsonPathProblem(path);
      return wrong === null ? [] : [{ message: `${id}: ${key} ${path} is no JSONPath: ${wrong}`, ...at }];
    });
    const { parent } = resource;
    if (parent && !collections.has(parent.source))
      problems.push({
        message: `${id} hangs from ${parent.source}, which is no resource of kind http`,
        ...dependsAt,
      });
    const named = [JSON.stringify(client), ...Object.values(resource.params)].flatMap(variablesIn);
    // Who may edit the list could otherwise send Lockstep's own secrets to a host of their choice.
    for (const name of new Set(named.filter(isOwnVariable)))
      problems.push({
        message: `${id}: \${${name}} is Lockstep's own and cannot be sent; use another variable`,
        ...at,
      });
    return problems;
  });
}

function pathsOf({ paginator, ...resource }: HttpResourceConfig): [string, string][] {
  const named = Object.entries({
    data_selector: resource.data_selector,
    item_selector: resource.item_selector,
    updated_at: resource.updated_at,
    primary_key: resource.primary_key,
    "parent.field": resource.parent?.kind === "field" ? resource.parent.field : undefined,
    "incremental.cursor_path": resource.incremental?.cursor_path,
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

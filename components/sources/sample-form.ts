import { parse, stringify } from "yaml";
import type { SampleBody } from "../../lib/protocol/sample.ts";

/** What a person typed to try instead of what sources.yml says; an empty text keeps that. */
export interface SampleForm {
  path: string;
  data_selector: string;
  primary_key: string;
  updated_at: string;
  paginator: string;
  map: string;
  parent: string;
}

export const AS_CONFIGURED: SampleForm = {
  path: "",
  data_selector: "",
  primary_key: "",
  updated_at: "",
  paginator: "",
  map: "",
  parent: "",
};

type Resource = NonNullable<SampleBody["resource"]>;

/**
 * The body of the request for what was typed.
 * @throws {Error} in words, when the paginator or the map is no map of YAML or JSON.
 */
export function sampleBody(source: string, form: SampleForm): SampleBody {
  const given = Object.fromEntries(
    (Object.entries(form) as [string, string][]).flatMap(([name, value]) =>
      value.trim() === "" ? [] : [[name, value.trim()]],
    ),
  ) as Partial<Record<keyof SampleForm, string>>;
  const { parent, primary_key, paginator, map, ...texts } = given;
  const resource = {
    ...texts,
    ...(primary_key === undefined ? {} : { primary_key: primary_key.split(",").map((part) => part.trim()) }),
    ...(paginator === undefined ? {} : { paginator: mapIn(paginator, "paginator", PAGINATOR) }),
    ...(map === undefined ? {} : { map: mapIn(map, "map", MAP) }),
  } as Resource;
  return {
    source,
    ...(parent === undefined ? {} : { parent }),
    ...(Object.keys(resource).length === 0 ? {} : { resource }),
  };
}

/** The lines for sources.yml that say what was tried; null when nothing else was tried. */
export function sampleLines({ resource }: SampleBody): string | null {
  return resource === undefined ? null : stringify(resource).trimEnd();
}

/** Examples, as they are shown to people. */
export const PAGINATOR = "{type: page_number, size_param: per_page, size: 100}";
export const MAP = "{id: number, skill_name: name, schedule_cron: cron}";

function mapIn(text: string, name: string, example: string): unknown {
  let read: unknown;
  try {
    read = parse(text);
  } catch {
    read = null;
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new Error(`The ${name} has to be a map, such as ${example}.`);
  return read;
}

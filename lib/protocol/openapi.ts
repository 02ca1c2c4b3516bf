import { z } from "zod";
import type { JsonMap } from "../json.ts";
import { EVENT_NAMES, eventSchema } from "./event.ts";
import { httpProblemSchema } from "./problem.ts";
import type { RouteSpec } from "./route-spec.ts";
import { methodAndPath, ROUTE_KEYS, type RouteKey, ROUTES } from "./routes.ts";

type Schema = JsonMap;

let document: Schema | undefined;

/** The OpenAPI 3.1 document, made from the schemas that validate requests. */
export function openApiDocument(): Schema {
  document ??= build();
  return document;
}

function build(): Schema {
  const schemas: Schema = {};
  const paths: Record<string, Schema> = {};
  for (const key of ROUTE_KEYS) {
    const { method, path } = methodAndPath(key);
    const template = path.replace(/:(\w+)/g, "{$1}");
    (paths[template] ??= {})[method.toLowerCase()] = operation(key, ROUTES[key], schemas);
  }
  named(httpProblemSchema, "output", schemas);
  named(eventSchema.meta({ id: "Event" }), "output", schemas);
  return {
    openapi: "3.1.0",
    info: {
      title: "Lockstep",
      version: "1",
      description:
        "Keeps a YAML file of scheduled tasks and a PostgreSQL database in step. Live events come by Socket.IO " +
        `(/socket.io) and as JSON on a WebSocket at /ws/sync: ${EVENT_NAMES.join(", ")}.`,
    },
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "A token of POST /api/tokens, or API_TOKEN" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "lockstep_session",
          description:
            "POST /api/auth/sign-in sets it, with the prefix `__Host-` where PUBLIC_URL is https; JSON bodies must then be " +
            "application/json",
        },
        cron: { type: "http", scheme: "bearer", description: "CRON_SECRET" },
      },
    },
  };
}

function operation(key: RouteKey, spec: RouteSpec, schemas: Schema): Schema {
  const { method, path } = methodAndPath(key);
  const pathNames = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
  const body = spec.bodyDoc ?? spec.body;
  return {
    operationId: operationId(method, path),
    summary: spec.summary,
    "x-requires": spec.requires,
    ...(spec.adminKeys ? { "x-admin-keys": [...spec.adminKeys] } : {}),
    ...(spec.requires === "open" ? { security: [] } : {}),
    ...(spec.requires === "cron" ? { security: [{ cron: [] }, { bearer: [] }] } : {}),
    parameters: [
      ...pathNames.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
      ...queryParameters(spec.query, schemas),
      ...(spec.query === ROUTES["PATCH /api/tasks/:id"].query && pathNames.length > 0
        ? [{ name: "If-Match", in: "header", required: false, schema: { type: "string" } }]
        : []),
    ],
    ...(body
      ? {
          requestBody: {
            required: !spec.bodyOptional,
            content: { "application/json": { schema: named(body, "input", schemas) } },
          },
        }
      : {}),
    responses: {
      [spec.status ?? 200]: { description: "Done", content: answerContent(spec.answer, schemas) },
      default: {
        description: "An error",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/HttpProblem" } } },
      },
    },
  };
}

function answerContent(answer: RouteSpec["answer"], schemas: Schema): Schema {
  if (answer === "csv") return { "text/csv": { schema: { type: "string" } } };
  if (answer === "text") return { "text/plain": { schema: { type: "string" } } };
  return { "application/json": { schema: named(answer, "output", schemas) } };
}

function queryParameters(query: z.ZodType, schemas: Schema): Schema[] {
  const { properties = {} } = named(query, "input", schemas) as { properties?: Record<string, Schema> };
  return Object.entries(properties).map(([name, { description, pattern, anyOf: _anyOf, ...schema }]) => ({
    name,
    in: "query",
    required: false,
    ...(description === undefined ? {} : { description }),
    // The pattern of a number or list describes its text (digits, commas) and not its value, so it is left out.
    schema: schema["type"] === "string" && pattern !== undefined ? { ...schema, pattern } : schema,
  }));
}

/** The schema as JSON Schema. A schema with an id goes under `components`, and a reference takes its place. */
function named(schema: z.ZodType, io: "input" | "output", schemas: Schema): Schema {
  const {
    $defs,
    $schema: _dialect,
    ...root
  } = z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" }) as Schema & {
    $defs?: Record<string, Schema>;
  };
  const rewrite = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replace(
        /"#\/\$defs\/([^"]+)/g,
        (_, name: string) => `"#/components/schemas/${publicName(name)}`,
      ),
    );
  for (const [name, definition] of Object.entries($defs ?? {})) {
    const { id: _id, ...plain } = rewrite(definition) as Schema;
    schemas[publicName(name)] = plain;
  }
  const { id, ...plain } = rewrite(root) as Schema;
  if (typeof id !== "string") return plain;
  schemas[id] = plain;
  return { $ref: `#/components/schemas/${id}` };
}

/** The name of a schema. Only zod's recursive JSON value has no name of its own. */
function publicName(name: string): string {
  return name.startsWith("__schema") ? "Json" : name;
}

function operationId(method: string, path: string): string {
  const words = path
    .replace("/api/", "")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return [method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join(
    "",
  );
}

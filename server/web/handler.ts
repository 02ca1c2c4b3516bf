import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { LockstepError } from "../../lib/errors.ts";
import { isMap, type Json } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { RouteSpec } from "../../lib/protocol/route-spec.ts";
import { type RouteKey, ROUTES } from "../../lib/protocol/routes.ts";
import { queryObject, validate } from "../../lib/protocol/validate.ts";
import { storableError } from "../../lib/task/storable.ts";
import type { Grant } from "../access/grants.ts";
import { logger } from "../log.ts";
import { authorize, type Identity, requireRole, requireTrustedOrigin } from "./authorize.ts";
import { notedAddress } from "./client-address.ts";
import { knownError } from "./known-error.ts";
import { problemAnswer } from "./problem-answer.ts";
import { readBody } from "./read-body.ts";

type Spec<K extends RouteKey> = (typeof ROUTES)[K];
type BodyOf<K extends RouteKey> =
  Spec<K> extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;

export interface Call<K extends RouteKey> {
  request: Request;
  actor: Actor;
  /** The session or token that the request came with. */
  grant: Grant | undefined;
  /** The path's parts by name, decoded. */
  params: Record<string, string>;
  query: z.output<Spec<K>["query"]>;
  body: BodyOf<K>;
}

type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };
type NextHandler = (request: Request, context: NextContext) => Promise<Response>;

const NOBODY: Actor = { name: "anonymous", role: "viewer", kind: "anonymous" };

/**
 * A route: authorises, parses and validates by the route table, calls, and answers. The function
 * gives back plain data (JSON with the table's status) or a Response of its own.
 */
export function handle<K extends RouteKey>(key: K, answer: (call: Call<K>) => Promise<object>): NextHandler {
  const spec: RouteSpec = ROUTES[key];
  return async (request, context) => {
    try {
      const header = (name: string) => request.headers.get(name) ?? undefined;
      const identity = spec.requires === "open" ? null : await authorize(header, spec.requires);
      // Nobody is signed in, out or up by another site's page.
      if (!identity && spec.body) requireTrustedOrigin(header);
      const query = validate(spec.query, queryObject(new URL(request.url).searchParams), "the query");
      const body = spec.body && (await checkedBody(spec, spec.body, request, identity));
      const params = await pathParams(context);
      const call = {
        request,
        actor: identity?.actor ?? { ...NOBODY, ...notedAddress(header) },
        grant: identity?.grant,
        params,
        query,
        body,
      } as Call<K>;
      const result = await answer(call);
      return result instanceof Response ? result : json(result, spec.status ?? 200);
    } catch (error) {
      return errorResponse(key, error);
    }
  };
}

/** JSON that no cache may keep: it is somebody's and of this moment. */
export function json(data: object, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(data, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

async function checkedBody(
  spec: RouteSpec,
  schema: z.ZodType,
  request: Request,
  identity: Identity | null,
): Promise<unknown> {
  const given: Json | undefined = await readBody(request, identity?.by ?? "cookie");
  if (given === undefined && !spec.bodyOptional) {
    throw new LockstepError("invalid_json", "a JSON body is missing");
  }
  const plain = given === undefined ? {} : given;
  const body = validate(schema, plain, "the body");
  // What cannot be stored in a task is the task's own error; anywhere else it is the request's.
  const unstorable = spec.bodyDoc ? null : storableError(plain);
  if (unstorable) {
    const field = unstorable.path.join(".");
    throw new LockstepError("invalid_request", unstorable.message, {
      errors: [{ field, message: unstorable.message }],
    });
  }
  for (const name of spec.adminKeys ?? []) {
    if (identity && isMap(plain) && plain[name] === true) requireRole(identity.actor, "admin", name);
  }
  return body;
}

async function pathParams(context: NextContext): Promise<Record<string, string>> {
  const params = await context.params;
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => [name, decoded(String(value))]),
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function errorResponse(key: RouteKey, error: unknown): Response {
  let known = knownError(error);
  if (!known) {
    const reference = randomUUID();
    logger("http").error({ err: error, route: key, reference }, "request failed");
    known = new LockstepError("internal", "something went wrong here; the log tells more", { reference });
  }
  const { status, headers, body } = problemAnswer(known);
  return new Response(body, { status, headers });
}

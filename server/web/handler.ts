import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { LockstepError } from "../../lib/errors.ts";
import { isMap, type Json } from "../../lib/json.ts";
import { ACCESS_ROUTES } from "../../lib/protocol/access-routes.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { RouteSpec } from "../../lib/protocol/route-spec.ts";
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from "../../lib/protocol/route-types.ts";
import { type RouteKey, ROUTES } from "../../lib/protocol/routes.ts";
import { queryObject, validate } from "../../lib/protocol/validate.ts";
import { storableError } from "../../lib/task/storable.ts";
import type { Grant } from "../access/grant.ts";
import { knownGrants } from "../access/known-grants.ts";
import { logger } from "../log.ts";
import { authorize, type Identity, requireRole, requireTrustedOrigin } from "./authorize.ts";
import { notedAddress } from "./client-address.ts";
import { knownError } from "./known-error.ts";
import { problemAnswer } from "./problem-answer.ts";
import { json, type JsonResponse, type NotModified, TextResponse } from "./json-response.ts";
import { readBody } from "./read-body.ts";

export interface Call<K extends RouteKey> {
  request: Request;
  actor: Actor;
  /** The session or token that the request came with. */
  grant: Grant | undefined;
  /** The path's parts by name, decoded. */
  params: ParamsOf<K>;
  query: QueryOf<K>;
  body: BodyOf<K>;
}

type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };
type NextHandler = (request: Request, context: NextContext) => Promise<Response>;

const NOBODY: Actor = { name: "anonymous", role: "viewer", kind: "anonymous" };

/**
 * What a handler may answer. Data that the route table promises is sent with the table's status. A `JsonResponse`
 * has its own status and headers, and `NotModified` says that the client's copy is current. A route that answers
 * text makes the whole response itself.
 */
type Answered<K extends RouteKey> =
  AnswerOf<K> extends string ? Response : AnswerOf<K> | JsonResponse<AnswerOf<K>> | NotModified;

/** A route: authorises, parses and validates the request by the route table, calls `answer`, and responds. */
export function handle<K extends RouteKey>(
  key: K,
  answer: (call: Call<K>) => Promise<Answered<K>>,
): NextHandler {
  const spec: RouteSpec = ROUTES[key];
  return async (request, context) => {
    try {
      const header = (name: string) => request.headers.get(name) ?? undefined;
      const identity = spec.requires === "open" ? null : await authorize(header, spec.requires);
      // Another site's page must not sign anyone in, out or up.
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
      const result = await answer(call).finally(() => {
        // Other processes hear of it in a moment; the next request to this one must not come before.
        if (changesAccess(key)) knownGrants.forget();
      });
      return result instanceof Response ? result : json(result, spec.status);
    } catch (error) {
      return errorResponse(key, error);
    }
  };
}

function changesAccess(key: RouteKey): boolean {
  return key in ACCESS_ROUTES && !key.startsWith("GET ");
}

async function checkedBody(
  spec: RouteSpec,
  schema: z.ZodType,
  request: Request,
  identity: Identity | null,
): Promise<unknown> {
  const given: Json | undefined = await readBody(request, identity?.by ?? "cookie");
  if (given === undefined && !spec.bodyOptional) {
    throw new LockstepError("invalid_json", "send a JSON body");
  }
  const plain = given === undefined ? {} : given;
  const body = validate(schema, plain, "the body");
  // A value that a task cannot store is reported by the task's validation. Elsewhere it is an error of the
  // request.
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
    known = new LockstepError("internal", "something went wrong on the server; its log has the details", {
      reference,
    });
  }
  const { status, headers, body } = problemAnswer(known);
  return new TextResponse(body, { status, headers });
}

import type { z } from "zod";
import type { RouteKey, ROUTES } from "./routes.ts";

// The types of one route, from its entry in the route table. Handler and client use the same entry, so a body
// or an answer of another shape does not compile on either side.

type Entry<K extends RouteKey> = (typeof ROUTES)[K];

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The variable parts of the path by name. */
export type ParamsOf<K extends RouteKey> = Record<NamesIn<K>, string>;

/** The query after validation. */
export type QueryOf<K extends RouteKey> = z.output<Entry<K>["query"]>;

/** The query as a client gives it. */
export type QueryInput<K extends RouteKey> = z.input<Entry<K>["query"]>;

/** The body after validation; undefined for a route without one. */
export type BodyOf<K extends RouteKey> =
  Entry<K> extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;

/** The body as a client sends it. */
export type BodyInput<K extends RouteKey> =
  Entry<K> extends { body: infer B extends z.ZodType } ? z.input<B> : undefined;

/** The answer as JSON; a string for text and CSV. */
export type AnswerOf<K extends RouteKey> = Entry<K>["answer"] extends infer A extends z.ZodType
  ? z.output<A>
  : string;

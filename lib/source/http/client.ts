import { z } from "zod";
import { paginatorSchema } from "./paginator.ts";
import { atMost, map, secret, text, webAddress } from "./parts.ts";

const address = webAddress("auth").refine(
  (url) => !/[?#]/.test(url),
  "must have neither ? nor #: use params",
);

const host = text
  .max(255)
  .regex(
    /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i,
    "must be a host such as files.example.com",
  );

export const authSchema = z
  .discriminatedUnion(
    "type",
    [
      map({ type: z.literal("bearer"), token: secret }),
      map({ type: z.literal("http_basic"), username: text, password: secret }),
      map({
        type: z.literal("api_key"),
        name: text.default("Authorization").describe("Name of the header or parameter"),
        api_key: secret,
        location: z.enum(["header", "query"], "must be header or query").default("header"),
      }),
      map({
        type: z.literal("oauth2_client_credentials"),
        access_token_url: address,
        client_id: text,
        client_secret: secret,
        scopes: z.array(text, "must be a list").optional(),
      }).describe("A token is fetched with the client's credentials, and again before it expires"),
    ],
    "must have a type: bearer, http_basic, api_key or oauth2_client_credentials",
  )
  .meta({ id: "Auth" });

const seconds = (preset: number) => z.number("must be a number").min(0.05).max(3_600).default(preset);

/** What all resources of one API share. */
export const clientSchema = map({
  base_url: address,
  headers: z.record(text, text, "must be a map of texts").default({}),
  auth: authSchema.optional(),
  paginator: paginatorSchema.optional().describe("For every resource that has none of its own"),
  hosts: z
    .array(host, "must be a list of hosts")
    .default([])
    .describe("Hosts besides that of base_url that may be asked, where next pages or redirects lead there"),
  allow_private: z
    .boolean("must be true or false")
    .default(false)
    .describe("Allows addresses of this machine and of private networks"),
  concurrency: atMost(64).default(4).describe("Requests at the same time"),
  requests_per_second: atMost(10_000).optional(),
  retries: z
    .int("must be a whole number")
    .min(0)
    .max(20)
    .default(5)
    .describe("How often a request is sent again after 429, 5xx or a broken connection"),
  retry_delay_seconds: seconds(0.5).describe(
    "Before the first retry, and twice as long before each further one",
  ),
  connect_timeout_seconds: seconds(10),
  headers_timeout_seconds: seconds(30),
  body_timeout_seconds: seconds(60).describe("Between two pieces of the body"),
  max_response_mb: atMost(1_024).default(32).describe("A larger answer is refused"),
  max_item_mb: atMost(64).default(8).describe("Of an answer over 1 MB: one with a larger item is refused"),
}).meta({ id: "HttpClient" });
export type HttpClientConfig = z.output<typeof clientSchema>;
export type HttpAuth = z.output<typeof authSchema>;

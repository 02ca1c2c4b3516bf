import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Upstream } from "./control.ts";

/** Credentials that anyone may know: this is an example. */
export const CREDENTIALS = {
  bearer: "example-bearer-token",
  user: "lockstep",
  password: "example-password",
  api_key: "example-api-key",
  client_id: "lockstep",
  client_secret: "example-client-secret",
};

const tokens = new Map<string, number>();

/** Answers POST /oauth/token (client credentials). */
export function issueToken(body: string, headers: IncomingMessage["headers"], { tokenSeconds }: Upstream) {
  const form = new URLSearchParams(body);
  const basic = `Basic ${Buffer.from(`${CREDENTIALS.client_id}:${CREDENTIALS.client_secret}`).toString("base64")}`;
  const known =
    headers.authorization === basic ||
    (form.get("client_id") === CREDENTIALS.client_id &&
      form.get("client_secret") === CREDENTIALS.client_secret);
  if (!known || form.get("grant_type") !== "client_credentials") {
    return { status: 401, body: { error: "invalid_client" } };
  }
  const token = randomBytes(12).toString("hex");
  tokens.set(token, Date.now() + tokenSeconds * 1_000);
  return { status: 200, body: { access_token: token, token_type: "Bearer", expires_in: tokenSeconds } };
}

/** Whether the request has the credentials that are needed at present. */
export function mayPass({ headers }: IncomingMessage, { auth }: Upstream): boolean {
  const given = headers.authorization ?? "";
  switch (auth) {
    case "none":
      return true;
    case "bearer":
      return given === `Bearer ${CREDENTIALS.bearer}`;
    case "basic":
      return (
        given === `Basic ${Buffer.from(`${CREDENTIALS.user}:${CREDENTIALS.password}`).toString("base64")}`
      );
    case "api_key":
      return headers["x-api-key"] === CREDENTIALS.api_key;
    case "oauth":
      return (tokens.get(given.replace(/^Bearer /, "")) ?? 0) > Date.now();
  }
}

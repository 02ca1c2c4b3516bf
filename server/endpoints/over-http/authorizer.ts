import { type Dispatcher, request } from "undici";
import { z } from "zod";
import type { HttpAuth } from "../../../lib/source/http/client.ts";
import { CollectionUnreadable } from "../collection.ts";
import type { Secrets } from "./secrets.ts";

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});

/** Tokens are renewed so long before they expire, but not before half of their time. */
const EARLY_MS = 30_000;
const USUAL_SECONDS = 300;

interface Token {
  value: string;
  goodUntil: number;
}

/** Adds the client's credentials to requests. */
export class Authorizer {
  private token: Promise<Token> | undefined;

  constructor(
    private readonly auth: HttpAuth | undefined,
    private readonly secrets: Secrets,
    private readonly dispatcher: Dispatcher,
    private readonly now: () => number,
  ) {}

  /** Whether a refused request may pass with a new token. */
  get canRenew(): boolean {
    return this.auth?.type === "oauth2_client_credentials";
  }

  /** The token was refused. */
  forget(): void {
    this.token = undefined;
  }

  /** Sets the parameter that carries the credentials, and returns the headers that do. */
  async authorize(url: URL): Promise<Record<string, string>> {
    const { auth, secrets } = this;
    switch (auth?.type) {
      case undefined:
        return {};
      case "bearer":
        return { authorization: `Bearer ${secrets.fill(auth.token)}` };
      case "http_basic": {
        const pair = `${secrets.fill(auth.username)}:${secrets.fill(auth.password)}`;
        secrets.keep(Buffer.from(pair).toString("base64"));
        return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
      }
      case "api_key": {
        const key = secrets.fill(auth.api_key);
        if (auth.location === "header") return { [auth.name.toLowerCase()]: key };
        url.searchParams.set(auth.name, key);
        return {};
      }
      case "oauth2_client_credentials":
        return { authorization: `Bearer ${(await this.currentToken(auth)).value}` };
    }
  }

  private async currentToken(auth: HttpAuth & { type: "oauth2_client_credentials" }): Promise<Token> {
    const token = await this.token?.catch(() => undefined);
    if (token && token.goodUntil > this.now()) return token;
    // Requests at the same time share one token.
    const next = this.fetchToken(auth);
    this.token = next;
    return next;
  }

  private async fetchToken(auth: HttpAuth & { type: "oauth2_client_credentials" }): Promise<Token> {
    const { secrets, dispatcher } = this;
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: secrets.fill(auth.client_id),
      client_secret: secrets.fill(auth.client_secret),
      ...(auth.scopes ? { scope: auth.scopes.join(" ") } : {}),
    });
    const asked = `POST ${auth.access_token_url}`;
    const { statusCode, body } = await request(auth.access_token_url, {
      dispatcher,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: form.toString(),
    });
    const text = await body.text();
    if (statusCode !== 200)
      throw failed(`${asked} answered ${statusCode}: the client's credentials are not accepted`);
    const parsed = tokenSchema.safeParse(jsonOf(text));
    if (!parsed.success) throw failed(`${asked} gave no access_token`);
    const { access_token: value, expires_in: seconds = USUAL_SECONDS } = parsed.data;
    secrets.keep(value);
    const good = Math.max(seconds * 500, seconds * 1_000 - EARLY_MS);
    return { value, goodUntil: this.now() + good };
  }
}

function failed(message: string): CollectionUnreadable {
  return new CollectionUnreadable({ code: "request_failed", message });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

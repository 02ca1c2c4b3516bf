import { ADDRESS_HEADER } from "../../access/names.ts";
import type { RouteKey } from "../../../lib/protocol/routes.ts";
import { pool } from "../../store/pool.ts";
import { RouteModules } from "./route-modules.ts";
import { API_TOKEN } from "./test-env.ts";

export interface Answer {
  status: number;
  body: Record<string, never> & { detail?: string; code?: string };
  cookie: string;
  setCookie: string;
  headers: Headers;
}

export const script: Record<string, string> = { Authorization: `Bearer ${API_TOKEN}` };
export const as = (person: { cookie: string }): Record<string, string> => ({ Cookie: person.cookie });
/** The token in a one-time link. */
export const tokenIn = (link: unknown) => new URL(String(link)).searchParams.get("token") ?? "";

/** Calls routes as a browser at a chosen address. */
export class Client {
  private constructor(private readonly routes: RouteModules) {}
  from = "192.0.2.1";

  static async open(): Promise<Client> {
    return new Client(await RouteModules.load());
  }

  async call(
    key: RouteKey,
    headers: Record<string, string>,
    body?: object,
    more: { id?: string; query?: string } = {},
  ): Promise<Answer> {
    const given = { [ADDRESS_HEADER]: this.from, ...headers };
    const response = await this.routes.call(key, given, { ...more, body: JSON.stringify(body ?? {}) });
    const setCookie = response.headers.get("set-cookie") ?? "";
    const cookie = setCookie.split(";")[0] ?? "";
    return {
      status: response.status,
      body: (await response.json()) as Answer["body"],
      cookie,
      setCookie,
      headers: response.headers,
    };
  }

  signIn(email: string, password: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call("POST /api/auth/sign-in", headers, { email, password });
  }

  /** The status of a request for the own profile with these headers. */
  async me(headers: Record<string, string>): Promise<number> {
    return (await this.call("GET /api/profile", headers)).status;
  }
}

export async function audited(): Promise<{ actor: string; action: string; address: string | null }[]> {
  return (
    await pool().query<{ action: string; actor: string; address: string | null }>(
      "SELECT actor, action, address FROM audit_entries ORDER BY id",
    )
  ).rows;
}

export async function forgetEverybody(): Promise<void> {
  await pool().query("TRUNCATE access_users, access_tokens, access_links, access_throttle CASCADE");
}

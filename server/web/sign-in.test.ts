import { beforeEach, describe, expect, it } from "vitest";
import { GET, POST } from "../../app/signin/route.ts";
import { POST as signOut } from "../../app/signout/route.ts";
import { identify } from "./authorize.ts";
import { API_TOKEN, provideTestEnv } from "./testing/test-env.ts";

beforeEach(() => provideTestEnv());

const link = (query: string) => GET(new Request(`http://localhost:3000/signin${query}`));
function form(token: string, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ token });
  return POST(new Request("http://localhost:3000/signin", { method: "POST", body, headers: { Host: "localhost:3000", ...headers } }));
}
const cookieIn = (response: Response) => response.headers.get("set-cookie")?.split(";")[0] ?? "";
const actorOf = (cookie: string) => identify((name) => (name === "cookie" ? cookie : undefined))?.actor;

describe("signing in", () => {
  it.each([
    ["by the link in the terminal", () => link(`?token=${API_TOKEN}`)],
    ["by the form", () => form(API_TOKEN, { Origin: "http://localhost:3000" })],
  ])("%s opens a session and shows the page", async (_, signIn) => {
    const response = await signIn();
    expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
    expect(actorOf(`theme=dark; ${cookieIn(response)}`)).toEqual({ name: "token:API_TOKEN", role: "admin", kind: "user" });
  });

  it("shows the form when the token is missing or wrong", async () => {
    expect(link("").headers.get("location")).toBe("/signin/form");
    for (const response of [link("?token=wrong"), await form("wrong")]) {
      expect(response.headers.get("location")).toBe("/signin/form?wrong=1");
      expect(response.headers.get("set-cookie")).toBeNull();
    }
  });

  it("is not done from another site's page", async () => {
    const response = await form(API_TOKEN, { Origin: "https://evil.example" });
    expect([response.status, response.headers.get("set-cookie")]).toEqual([403, null]);
  });

  it("keeps the cookie to encrypted connections where the page came by one", () => {
    const headers = { "X-Forwarded-Proto": "https" };
    const response = GET(new Request(`http://localhost:3000/signin?token=${API_TOKEN}`, { headers }));
    expect(response.headers.get("set-cookie")).toContain("; Secure");
    expect(link(`?token=${API_TOKEN}`).headers.get("set-cookie")).not.toContain("Secure");
  });
});

describe("signing out", () => {
  it("ends the session, from our own page only", () => {
    const post = (origin: string) =>
      signOut(new Request("http://localhost:3000/signout", { method: "POST", headers: { Host: "localhost:3000", Origin: origin } }));
    expect(post("http://localhost:3000").headers.get("set-cookie")).toContain("lockstep_session=; Path=/; Max-Age=0");
    expect(post("https://evil.example").status).toBe(403);
  });
});

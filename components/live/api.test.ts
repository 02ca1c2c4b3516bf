import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { call } from "./api.ts";

/** A server that knows one session; a change of the password replaces it, and its answer brings the new one. */
const server = { session: "old", answers: [] as (() => void)[] };
let cookie: string;
let opened: string[];

function answer(path: string, method: string): Promise<Response> {
  const sent = cookie;
  if (sent !== server.session) return Promise.resolve(new Response("{}", { status: 401 }));
  if (path === "/api/profile/password") {
    server.session = "new";
    return new Promise((resolve) =>
      server.answers.push(() => {
        cookie = "new";
        resolve(new Response("{}"));
      }),
    );
  }
  return Promise.resolve(new Response(JSON.stringify({ method, path })));
}

beforeEach(() => {
  Object.assign(server, { session: "old", answers: [] });
  cookie = "old";
  opened = [];
  vi.stubGlobal("fetch", (path: string, { method = "GET" }: RequestInit = {}) => answer(path, method));
  vi.stubGlobal("window", {
    location: { pathname: "/settings", search: "", assign: (url: string) => opened.push(url) },
  });
});
afterEach(() => vi.unstubAllGlobals());

it("a request sent with the session that a change of the password replaces is sent again with the new one", async () => {
  const changed = call("POST /api/profile/password", {
    body: { current_password: "a long password", new_password: "another long password" },
  });
  const read = call("GET /api/sources");
  // The refusal of the reading comes before the answer to the change.
  await new Promise((resolve) => setImmediate(resolve));
  server.answers[0]?.();
  await changed;
  expect(await read).toMatchObject({ path: "/api/sources" });
  expect(opened).toEqual([]);
});

it("a request of a session that has ended leads to the sign-in page, and back from there", async () => {
  server.session = "another";
  await expect(call("GET /api/sources")).rejects.toMatchObject({ status: 401 });
  expect(opened).toEqual(["/signin?next=%2Fsettings"]);
});

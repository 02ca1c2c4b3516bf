import { expect, it } from "vitest";
import { dropNextHeaders } from "./next-headers.ts";

const left = (headers: Record<string, string>) => {
  const copy = { ...headers };
  dropNextHeaders(copy);
  return copy;
};
const tree = (value: unknown) => ({ "next-router-state-tree": encodeURIComponent(JSON.stringify(value)) });

it("removes every header with which a client could control Next", () => {
  const kept = {
    host: "localhost",
    cookie: "a=b",
    rsc: "1",
    "next-url": "/",
    "x-forwarded-proto": "https",
    "x-forwarded-for": "10.0.0.1",
  };
  const obeyed = {
    "next-action": "x",
    "x-middleware-subrequest": "a:a",
    "x-nextjs-data": "1",
    "x-invoke-path": "/",
    "x-matched-path": "/",
    "x-now-route-matches": "1",
    "x-forwarded-host": "evil.example",
  };
  expect(left({ ...kept, ...obeyed })).toEqual(kept);
});

it("keeps a valid router state, and nothing else in its place", () => {
  const good = tree([
    "",
    {
      children: [
        "(app)",
        {
          children: [
            "history",
            { children: [["runId", "1", "d", null], { children: ["__PAGE__", {}, null, null] }] },
          ],
        },
      ],
    },
    null,
    null,
    16,
  ]);
  expect(left(good)).toEqual(good);
  for (const bad of [
    tree({}),
    tree([]),
    tree([1, {}]),
    tree(["", { children: 7 }]),
    tree(["", null]),
    { "next-router-state-tree": "%5B%22" },
    { "next-router-state-tree": "%" },
  ]) {
    expect(left(bad)).toEqual({});
  }
});

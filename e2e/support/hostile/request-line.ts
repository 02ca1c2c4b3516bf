import { pick } from "../random.ts";
import { CRLF, head, type Hostile, type Random, type Target } from "./target.ts";

export function oddHead(random: Random, target: Target, token: string | null): Hostile {
  const kinds: [string, string][] = [
    ["a header too large", head(target, token, [`X-Long: ${"x".repeat(20_000)}`])],
    [
      "a thousand headers",
      head(
        target,
        token,
        Array.from({ length: 3_000 }, (_, i) => `X-${i}: 1`),
      ),
    ],
    ["a path too long", head({ ...target, path: `${target.path}?${"a".repeat(20_000)}` }, token)],
    ["NUL in a header", head(target, token, ["X-Odd: a\0b"])],
    ["a space before the colon", head(target, token, ["X-Odd : a"])],
    ["a folded header", head(target, token, ["X-Odd: a", " b: c"])],
    ["a header without a name", head(target, token, [": a"])],
    ["no Host", [`${target.method} ${target.path} HTTP/1.1`, "Connection: close", "", ""].join(CRLF)],
    ["another Host", head(target, token, [], "evil.example")],
    ["a Host that is an address with a name", head(target, token, [], "evil.example@127.0.0.1")],
    ["an invalid version", head(target, token).replace("HTTP/1.1", "HTTP/9.7")],
    ["no version", `${target.method} ${target.path}${CRLF}${CRLF}`],
    ["an invalid token", head(target, `${"\u00ff".repeat(20)}`)],
    ["a wrong scheme", head(target, null, ["Authorization: Basic YWRtaW46YWRtaW4="])],
    [
      "a forged cookie",
      head(target, null, [
        "Cookie: lockstep_session=eyJyb2xlIjoiYWRtaW4ifQ.AAAA; better-auth.session_token=a.b; a=%00",
      ]),
    ],
    ["an expectation", head(target, token, ["Expect: 200-maybe"])],
    [
      "an upgrade of a path without a WebSocket",
      head(target, token, ["Upgrade: h2c"]).replace("Connection: close", "Connection: Upgrade"),
    ],
  ];
  const [what, text] = pick(random, kinds);
  return { what, head: text, halfClose: true, mayClose: true, mild: target.spec.requires === "open" };
}

export function oddMethod(random: Random, target: Target, token: string | null): Hostile {
  const method = pick(random, [
    "TRACE",
    "PROPFIND",
    "MKCOL",
    "PURGE",
    "SEARCH",
    "BREW",
    "get",
    "G ET",
    "",
    "POST\0",
    "X".repeat(500),
  ]);
  return {
    what: `the method ${JSON.stringify(method.slice(0, 20))}`,
    head: head({ ...target, method }, token),
    halfClose: true,
    mayClose: true,
  };
}

export function oddQuery(random: Random, target: Target, token: string | null): Hostile {
  const query = pick(random, [
    "limit=-1",
    "limit=1e9",
    "limit[]=1",
    "__proto__[a]=1",
    "source=%00",
    "source=",
    "cursor=%ff%fe",
    "cursor=e30",
    "a=1&a=2&constructor=3",
    "wait=perhaps",
    "status=nothing",
    "range=%F0%9F%92%A9",
    `q=${"x".repeat(5_000)}`,
    "sort=;DROP TABLE tasks",
  ]);
  const request = {
    head: head({ ...target, path: `${target.path}?${query.replaceAll(" ", "%20")}` }, token),
  };
  return { what: `the query ${query.slice(0, 30)}`, ...request, mild: true };
}

import { methodAndPath, ROUTE_KEYS, type RouteKey, ROUTES } from "../../lib/protocol/routes.ts";
import type { RouteSpec } from "../../lib/protocol/route-spec.ts";
import { pick } from "./random.ts";
import type { RawRequest } from "./raw-request.ts";

export interface Hostile extends RawRequest {
  what: string;
  /** Harmless as well as hostile, so that another answer than a refusal is right too; never one of 5xx. */
  mild?: boolean;
  /** So broken that closing the connection without a word is an answer. */
  mayClose?: boolean;
}

type Random = () => number;
interface Target {
  method: string;
  path: string;
  spec: RouteSpec;
}

const CRLF = "\r\n";
const bytes = (text: string) => Buffer.from(text, "utf8");
const UNICODE = [
  "\u0000",
  "\ud800",
  "\u202e",
  "\ufeff",
  "\u{1f4a9}",
  "e\u0301".repeat(40),
  "\u2028",
  "\uffff",
  "ﷺ".repeat(50),
  "𝕳",
  "İ",
  "ß".repeat(99),
];
const PROTOTYPE = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "__defineGetter__",
  "then",
  "toJSON",
  "valueOf",
];
const NAMES = [
  ...[
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e",
    "..%5c..%5cwindows",
    "%252e%252e%252f",
    "....%2f%2f",
    "%2fetc%2fpasswd",
    "..;",
    "%00",
    "a%00.yml",
    "%c0%ae%c0%ae",
    "%ff",
  ],
  ...[
    "%E2%80%AE",
    "%F0%9F%92%A9",
    "'%3B%20DROP%20TABLE%20tasks--",
    "1%20OR%201=1",
    "-1",
    "1e309",
    "NaN",
    "0x10",
    "9".repeat(400),
    "a".repeat(4000),
    "%0a%0dSet-Cookie:%20a=b",
  ],
  ...PROTOTYPE,
];
const WRONG = ["null", "true", "0", '"text"', "[]", "[[]]", "[{}]", "-1e308", '""', '"\\ud800"'];
const BAD_JSON = [
  "{",
  "}",
  '{"a":}',
  "{'a':1}",
  '{"a":1,}',
  "nul",
  "NaN",
  "undefined",
  '{"a":1}{"b":2}',
  '{"a":01}',
  '{"a":"\n"}',
  "\u0000",
  '{"a":"\\x"}',
  "<a/>",
  "a=b&c=d",
  '{"a":1e99999999999}',
  '{"n":123456789012345678901234567890}',
  "\ufeff\ufeff{}",
  "[".repeat(100_000),
  `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`,
];

function head(
  target: { method: string; path: string },
  token: string | null,
  more: string[] = [],
  host = "127.0.0.1",
): string {
  const credentials = token === null ? [] : [`Authorization: Bearer ${token}`];
  return [
    `${target.method} ${target.path} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: close",
    ...credentials,
    ...more,
    "",
    "",
  ].join(CRLF);
}

function withBody(
  target: Target,
  token: string | null,
  body: Buffer,
  more: string[] = ["Content-Type: application/json"],
): RawRequest {
  return { head: head(target, token, [...more, `Content-Length: ${body.length}`]), body };
}

function filled(key: RouteKey, name: string): Target {
  const { method, path } = methodAndPath(key);
  return { method, path: path.replace(/:\w+/g, name), spec: ROUTES[key] };
}

/** What can be done to any route that takes a body, each with the body it sends. */
const BODIES: ((random: Random) => [string, Buffer])[] = [
  (random) => ["a wrong type", bytes(pick(random, WRONG))],
  (random) => ["bad JSON", bytes(pick(random, BAD_JSON))],
  () => [
    "bytes that are not UTF-8",
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d]),
  ],
  () => ["UTF-16", Buffer.from('{"id":1}', "utf16le")],
  () => ["a huge body", Buffer.alloc(1_300_000, '{"a":')],
  (random) => [
    "a prototype key",
    bytes(
      `{"${pick(random, PROTOTYPE)}":{"admin":true,"role":"admin"},"id":{"${pick(random, PROTOTYPE)}":[1]}}`,
    ),
  ],
  (random) => [
    "odd Unicode",
    bytes(
      JSON.stringify({
        id: pick(random, UNICODE),
        skill_name: pick(random, UNICODE),
        schedule_cron: pick(random, UNICODE),
        choice: pick(random, UNICODE),
        [pick(random, UNICODE)]: 1,
        params: pick(random, UNICODE),
      }),
    ),
  ],
  (random) => [
    "wrong types in fields",
    bytes(
      JSON.stringify({
        id: [pick(random, UNICODE)],
        skill_name: { a: 1 },
        schedule_cron: 7,
        params: [1],
        status: {},
        choice: [],
        force: "yes",
        direction: 3,
        role: {},
        email: [],
        name: {},
        conflict_ids: 7,
      }),
    ),
  ],
  () => [
    "duplicate keys",
    bytes(
      '{"id":"a","id":{},"skill_name":"a","skill_name":[],"force":1,"force":[],"choice":"keep_db","choice":{}}',
    ),
  ],
];

function hostileBody(random: Random, target: Target, token: string | null): Hostile {
  const [what, body] = pick(random, BODIES)(random);
  const types = [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "",
    "image/png",
  ];
  return {
    what,
    ...withBody(target, token, body, [`Content-Type: ${pick(random, types)}`]),
    mild: target.spec.body === undefined,
  };
}

function brokenFraming(random: Random, target: Target, token: string | null): Hostile {
  const chunked = (text: string) => ({
    head: head(target, token, ["Transfer-Encoding: chunked"]),
    body: bytes(text),
    halfClose: true,
  });
  const kinds: [string, RawRequest][] = [
    ["a chunk size that is none", chunked(`zz${CRLF}{}${CRLF}0${CRLF}${CRLF}`)],
    ["a chunk that never comes", chunked(`ffff${CRLF}{"a"`)],
    ["a negative chunk", chunked(`-1${CRLF}{}${CRLF}`)],
    ["a chunk larger than anything", chunked(`ffffffffffffffffff${CRLF}{}`)],
    [
      "a body cut short",
      { head: head(target, token, ["Content-Length: 50"]), body: bytes('{"id":'), halfClose: true },
    ],
    [
      "two lengths",
      {
        head: head(target, token, ["Content-Length: 2", "Content-Length: 5"]),
        body: bytes("{}"),
        halfClose: true,
      },
    ],
    [
      "a length and chunks",
      {
        head: head(target, token, ["Content-Length: 2", "Transfer-Encoding: chunked"]),
        body: bytes(`0${CRLF}${CRLF}`),
        halfClose: true,
      },
    ],
    ["a negative length", { head: head(target, token, ["Content-Length: -1"]), halfClose: true }],
    [
      "an encoding nobody knows",
      { head: head(target, token, ["Transfer-Encoding: gzip, x"]), body: bytes("x"), halfClose: true },
    ],
  ];
  const [what, request] = pick(random, kinds);
  return { what, ...request, mayClose: true, mild: target.spec.body === undefined };
}

function oddHead(random: Random, target: Target, token: string | null): Hostile {
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
    ["a version that is none", head(target, token).replace("HTTP/1.1", "HTTP/9.7")],
    ["no version", `${target.method} ${target.path}${CRLF}${CRLF}`],
    ["a token that is none", head(target, `${"\u00ff".repeat(20)}`)],
    ["a wrong scheme", head(target, null, ["Authorization: Basic YWRtaW46YWRtaW4="])],
    [
      "a forged cookie",
      head(target, null, [
        "Cookie: lockstep_session=eyJyb2xlIjoiYWRtaW4ifQ.AAAA; better-auth.session_token=a.b; a=%00",
      ]),
    ],
    ["an expectation", head(target, token, ["Expect: 200-maybe"])],
    [
      "an upgrade to what is no WebSocket",
      head(target, token, ["Upgrade: h2c"]).replace("Connection: close", "Connection: Upgrade"),
    ],
  ];
  const [what, text] = pick(random, kinds);
  return { what, head: text, halfClose: true, mayClose: true, mild: target.spec.requires === "open" };
}

function oddMethod(random: Random, target: Target, token: string | null): Hostile {
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

function oddQuery(random: Random, target: Target, token: string | null): Hostile {
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

const NEXT = [
  ...[
    "/_next/image?url=%2Fetc%2Fpasswd&w=64&q=75",
    "/_next/image?url=http%3A%2F%2F127.0.0.1%3A1%2F&w=64&q=75",
    "/_next/image",
    "/_next/data/x/index.json",
    "/_next/static/../../package.json",
    "/_next/static/%2e%2e/%2e%2e/package.json",
  ],
  ...[
    "/_next/static/chunks/..%2f..%2f..%2fserver%2fapp",
    "/.env",
    "/.git/config",
    "/data/api-token",
    "/server/main.ts",
    "/package.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/../../etc/passwd",
    "/_next/server/app/page.js",
    "/__nextjs_source-map",
    "/_error",
    "/500",
    "/404",
  ],
];
const RSC = [
  "RSC: 1",
  "Next-Router-State-Tree: %5B%22",
  "Next-Router-State-Tree: [[[[",
  "Next-Router-Prefetch: 9",
  "Next-Action: 0123456789abcdef",
  "Next-Action: ../../x",
  "x-middleware-subrequest: middleware:middleware:middleware",
  "x-nextjs-data: 1",
  "Next-Url: http://evil.example/",
  "x-matched-path: /_error",
  "x-invoke-path: /api/tasks",
  "x-now-route-matches: 1=a",
];

function towardsNext(random: Random, token: string | null): Hostile {
  const method = pick(random, ["GET", "POST", "HEAD", "PUT"]);
  const path =
    random() < 0.5
      ? pick(random, NEXT)
      : pick(random, [
          "/?_rsc=x",
          "/history?_rsc=%00",
          "/conflicts",
          "/?__nextLocale=..",
          "/history/%ff",
          "/history/..%2f..",
          "/signin/form",
          "/nothing",
        ]);
  const body = pick(random, ['["$ACTION_ID_x"]', "$ACTION_REF_1=&$ACTION_1:0=%00", "x", '0:{"a":"$@1"}']);
  const more = [
    pick(random, RSC),
    pick(random, RSC),
    pick(random, [
      "Content-Type: text/x-component",
      "Content-Type: multipart/form-data; boundary=--x",
      "Content-Type: multipart/form-data",
      "Content-Type: text/plain;charset=UTF-8",
    ]),
  ];
  const sent =
    method === "POST" || method === "PUT"
      ? {
          head: head({ method, path }, token, [...more, `Content-Length: ${body.length}`]),
          body: bytes(body),
        }
      : { head: head({ method, path }, token, more) };
  return { what: `${method} ${path} towards Next`, ...sent, mild: true, mayClose: true };
}

function webSocket(random: Random, token: string): Hostile {
  const path = pick(random, [
    "/ws/sync",
    "/ws/sync/../x",
    "/socket.io/?EIO=4&transport=websocket",
    "/socket.io/?EIO=99&transport=carrier-pigeon",
    "/socket.io/?EIO=4&transport=websocket&sid=../../x",
    "/_next/webpack-hmr",
    "/api/tasks",
  ]);
  const key = pick(random, ["dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ==", "x", ""]);
  const version = pick(random, ["13", "13", "8", "x"]);
  const more = ["Upgrade: websocket", `Sec-WebSocket-Key: ${key}`, `Sec-WebSocket-Version: ${version}`];
  const credentials = random() < 0.7 ? token : null;
  const frames = [
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
    Buffer.from([0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f]),
    Buffer.alloc(50_000, 0x00),
    Buffer.from([0x88, 0x81, 1, 2, 3, 4, 5]),
  ];
  return {
    what: `a WebSocket at ${path}`,
    head: head({ method: "GET", path }, credentials, more).replace(
      "Connection: close",
      "Connection: Upgrade",
    ),
    then: Buffer.concat([pick(random, frames), Buffer.from([0xff, 0xff])]),
    mild: true,
    mayClose: true,
  };
}

/** One hostile request to the route, of a kind that chance picks. */
export function hostileRequest(random: Random, key: RouteKey, token: string): Hostile {
  const name = pick(random, NAMES);
  const target = filled(key, name);
  const credentials = random() < 0.85 ? token : null;
  const dice = random();
  let hostile: Hostile;
  if (dice < 0.4 && target.method !== "GET") hostile = hostileBody(random, target, credentials);
  else if (dice < 0.5) hostile = brokenFraming(random, target, credentials);
  else if (dice < 0.62) hostile = oddHead(random, target, credentials);
  else if (dice < 0.7) hostile = oddMethod(random, target, credentials);
  else if (dice < 0.8) hostile = oddQuery(random, target, credentials);
  else if (dice < 0.92) hostile = towardsNext(random, credentials);
  else hostile = webSocket(random, token);
  return {
    ...hostile,
    what: `${key} with ${hostile.what} (name ${name.slice(0, 40)}${credentials === null ? ", nobody" : ""})`,
  };
}

export function hostileRequests(random: Random, count: number, token: string): Hostile[] {
  return Array.from({ length: count }, (_, i) =>
    hostileRequest(random, ROUTE_KEYS[i % ROUTE_KEYS.length] ?? "GET /api/tasks", token),
  );
}

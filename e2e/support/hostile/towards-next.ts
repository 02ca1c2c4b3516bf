import { pick } from "../random.ts";
import { bytes, head, type Hostile, type Random } from "./target.ts";

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

export function towardsNext(random: Random, token: string | null): Hostile {
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

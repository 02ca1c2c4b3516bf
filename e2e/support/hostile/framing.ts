import { pick } from "../random.ts";
import type { RawRequest } from "../raw-request.ts";
import { bytes, CRLF, head, type Hostile, type Random, type Target } from "./target.ts";

export function brokenFraming(random: Random, target: Target, token: string | null): Hostile {
  const chunked = (text: string) => ({
    head: head(target, token, ["Transfer-Encoding: chunked"]),
    body: bytes(text),
    halfClose: true,
  });
  const kinds: [string, RawRequest][] = [
    ["an invalid chunk size", chunked(`zz${CRLF}{}${CRLF}0${CRLF}${CRLF}`)],
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
      "both a length and chunks",
      {
        head: head(target, token, ["Content-Length: 2", "Transfer-Encoding: chunked"]),
        body: bytes(`0${CRLF}${CRLF}`),
        halfClose: true,
      },
    ],
    ["a negative length", { head: head(target, token, ["Content-Length: -1"]), halfClose: true }],
    [
      "an unknown encoding",
      { head: head(target, token, ["Transfer-Encoding: gzip, x"]), body: bytes("x"), halfClose: true },
    ],
  ];
  const [what, request] = pick(random, kinds);
  return { what, ...request, mayClose: true, mild: target.spec.body === undefined };
}

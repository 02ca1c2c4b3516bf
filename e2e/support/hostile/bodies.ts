import { pick } from "../random.ts";
import { PROTOTYPE, UNICODE } from "./names.ts";
import { bytes, type Hostile, type Random, type Target, withBody } from "./target.ts";

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

/** Hostile bodies for any route that takes one: a name for the report and the bytes to send. */
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

export function hostileBody(random: Random, target: Target, token: string | null): Hostile {
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

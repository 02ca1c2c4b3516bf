import { pick } from "../random.ts";
import { head, type Hostile, type Random } from "./target.ts";

export function webSocket(random: Random, token: string): Hostile {
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

// A separate process with many clients of one kind. It reports when all of them have received an event.
import { once } from "node:events";
import { io } from "socket.io-client";
import { WebSocket } from "ws";

const [kind, address = "", token = "", wanted = "0"] = process.argv.slice(2);
const count = Number(wanted);
let received = 0;

function onEvent(): void {
  received += 1;
  if (received < count) return;
  received = 0;
  process.send?.({ at: performance.timeOrigin + performance.now() });
}

async function connect(): Promise<void> {
  if (kind === "ws") {
    const socket = new WebSocket(`${address.replace("http", "ws")}/ws/sync`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    socket.on("message", onEvent);
    await once(socket, "open");
    return;
  }
  const socket = io(address, { transports: ["websocket"], forceNew: true, auth: { token } });
  socket.on("tasks_changed", onEvent);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
}

for (let made = 0; made < count; made += 50) {
  await Promise.all(Array.from({ length: Math.min(50, count - made) }, connect));
}
process.send?.("connected");

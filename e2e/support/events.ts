import { io } from "socket.io-client";
import WebSocket from "ws";
import { type Lockstep, TOKEN } from "./lockstep.ts";

export interface Heard {
  event: string;
  at: number;
  [key: string]: unknown;
}

/** A connected client of one of the two streams, with all events that it has received. */
export interface Listener {
  heard: Heard[];
  close(): void;
}

export function overWebSocket(lockstep: Lockstep): Promise<Listener> {
  const socket = new WebSocket(`${lockstep.url.replace("http", "ws")}/ws/sync`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const heard: Heard[] = [];
  socket.on("message", (data: Buffer) =>
    heard.push({ ...(JSON.parse(data.toString()) as Heard), at: Date.now() }),
  );
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve({ heard, close: () => socket.close() }));
    socket.once("error", reject);
  });
}

export function overSocketIo(lockstep: Lockstep): Promise<Listener> {
  const socket = io(lockstep.url, {
    extraHeaders: { authorization: `Bearer ${TOKEN}` },
    reconnection: false,
  });
  const heard: Heard[] = [];
  socket.onAny((event: string, payload: object) => heard.push({ ...payload, event, at: Date.now() }));
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve({ heard, close: () => socket.close() }));
    socket.once("connect_error", reject);
  });
}

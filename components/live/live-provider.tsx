"use client";

import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import type { Socket } from "socket.io-client";
import type { EventName, LockstepEvent } from "../../lib/protocol/event.ts";
import { ApiError } from "./api.ts";
import { ConnectionContext, type ConnectionState, EventBusContext } from "./connection.tsx";
import { EventBus } from "./event-bus.ts";
import { LiveCache } from "./live-cache.ts";
import { isStillSignedIn } from "./signed-in.ts";

/** The first wait before another attempt to connect. */
const RETRY_MS = 300;

/**
 * Keeps queries up to date. An event causes the affected queries to be fetched again, and a reconnection all
 * queries.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 60_000,
            refetchOnWindowFocus: false,
            // A refused request would be refused again; only a request without an answer is sent again.
            retry: (failures, error) =>
              failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
            retryDelay: (failures) => 300 * 2 ** failures,
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <Live>{children}</Live>
    </QueryClientProvider>
  );
}

function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const router = useRouter();
  const [bus] = useState(() => new EventBus());
  const [state, setState] = useState<ConnectionState>("connecting");
  useEffect(() => {
    const cache = new LiveCache(client);
    let socket: Socket | undefined;
    let left = false;
    let wasEnded = false;
    const listen = async () => {
      // Loaded after the page, because the page works without it.
      const { io } = await import("socket.io-client");
      if (left) return;
      // Polling is off, because its requests would have to reach the same one of several web processes each time.
      socket = io({
        path: "/socket.io",
        transports: ["websocket"],
        reconnectionDelay: RETRY_MS,
        reconnectionDelayMax: 3_000,
      });
      socket.on("connect", () => {
        setState("live");
        // The person's role may have changed.
        if (wasEnded) router.refresh();
        wasEnded = false;
        // Events may have been missed, also between the rendering of the page and this moment.
        cache.everythingIsStale();
      });
      socket.on("disconnect", (reason) => {
        setState("lost");
        // The server is stopping or the session has ended. The next attempt to connect shows which.
        wasEnded = reason === "io server disconnect";
        if (wasEnded) socket?.connect();
      });
      socket.on("connect_error", (error: Error & { data?: { code?: string } }) => {
        setState((before) => (before === "live" ? "lost" : before));
        if (error.data?.code !== "unauthorized") return;
        const again = () => !left && socket?.connect();
        void isStillSignedIn().then((still) => still && setTimeout(again, RETRY_MS));
      });
      socket.onAny((event: EventName, payload: object) => {
        const told = { ...payload, event } as LockstepEvent;
        cache.take(told);
        bus.emit(told);
      });
    };
    listen().catch(() => setState("lost"));
    return () => {
      left = true;
      socket?.close();
      cache.stop();
    };
  }, [client, bus, router]);
  return (
    <EventBusContext value={bus}>
      <ConnectionContext value={state}>{children}</ConnectionContext>
    </EventBusContext>
  );
}

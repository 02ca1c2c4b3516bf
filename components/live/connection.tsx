"use client";

import { createContext, useContext, useEffect, useRef } from "react";
import type { EventName } from "../../lib/protocol/event.ts";
import { EventBus, type EventOf } from "./event-bus.ts";

/**
 * `connecting` is the state before the first connection. While it is `live`, events arrive. When it is `lost`, the
 * connection broke and is being restored.
 */
export type ConnectionState = "connecting" | "live" | "lost";

export const ConnectionContext = createContext<ConnectionState>("connecting");
export const EventBusContext = createContext<EventBus>(new EventBus());

export function useConnection(): ConnectionState {
  return useContext(ConnectionContext);
}

/** Calls back on every event of this name, with the newest callback. */
export function useLiveEvent<Name extends EventName>(
  name: Name,
  onEvent: (event: EventOf<Name>) => void,
): void {
  const bus = useContext(EventBusContext);
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(
    () =>
      bus.on((event) => {
        if (event.event === name) latest.current(event as EventOf<Name>);
      }),
    [bus, name],
  );
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { io } from "socket.io-client";

/** A burst of events asks for one new look. */
const GATHER_MS = 100;

/**
 * Fetches anew whatever is shown when the server says that something changed, and after every
 * reconnection, as events may have been missed. @returns whether events are coming.
 */
export function useLiveUpdates(): boolean {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lookAgain = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries();
      }, GATHER_MS);
    };
    const socket = io({ path: "/socket.io", transports: ["websocket", "polling"] });
    socket.on("connect", () => {
      setLive(true);
      lookAgain();
    });
    socket.on("disconnect", () => setLive(false));
    socket.onAny(lookAgain);
    return () => {
      clearTimeout(timer);
      socket.close();
    };
  }, [client]);
  return live;
}

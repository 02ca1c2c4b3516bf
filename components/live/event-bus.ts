import type { EventName, LockstepEvent } from "../../lib/protocol/event.ts";

export type EventOf<Name extends EventName> = Extract<LockstepEvent, { event: Name }>;
type Listener = (event: LockstepEvent) => void;

/** Hands the server's events to every listener on the page. */
export class EventBus {
  private readonly listeners = new Set<Listener>();

  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  emit(event: LockstepEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

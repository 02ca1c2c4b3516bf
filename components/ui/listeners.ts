export interface Listeners {
  /** Calls back at each change, until the returned function is called: what `useSyncExternalStore` subscribes with. */
  add(listener: () => void): () => void;
  /** Tells of a change. */
  tell(): void;
}

/** The listeners of a state that stands outside of React. */
export function listeners(): Listeners {
  const all = new Set<() => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell() {
      for (const listener of all) listener();
    },
  };
}

"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "./button.tsx";

interface LoadMoreProps {
  /** What is loaded, for example `older runs`. */
  what: string;
  /** Whether there is more to load. */
  rest: boolean;
  loading: boolean;
  onMore(): void;
}

/** The end of a list: loads more when it comes near, or when its button is pressed. */
export function LoadMore({ what, rest, loading, onMore }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null);
  const more = useEffectEvent(onMore);
  const wanted = rest && !loading;
  useEffect(() => {
    if (!wanted || !end.current) return;
    // A busy page tells of several changes at once, the present one last.
    const observer = new IntersectionObserver((told) => told.at(-1)?.isIntersecting === true && more(), {
      rootMargin: "400px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [wanted]);
  return (
    <div ref={end} className="flex justify-center py-2">
      {rest ? (
        <Button look="ghost" onClick={onMore} disabled={loading}>
          {loading ? `Loading ${what}…` : `Show ${what}`}
        </Button>
      ) : (
        <p className="text-muted text-xs">End of list</p>
      )}
    </div>
  );
}

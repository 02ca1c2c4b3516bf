import clsx from "clsx";

/** A placeholder for content that is loading; `className` gives it a size. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("animate-shimmer bg-hover block rounded", className)} />;
}

export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-4">
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} className="h-5 w-full" />
      ))}
    </div>
  );
}

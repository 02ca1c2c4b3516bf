/** A progress bar. Without a total it only shows that work is going on. */
export function Progress({ done, total, label }: { done: number; total: number | null; label: string }) {
  const known = total !== null && total > 0;
  const percent = known ? Math.min(100, Math.round((done / total) * 100)) : 100;
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(known
        ? { "aria-valuemin": 0, "aria-valuemax": total, "aria-valuenow": Math.min(done, total) }
        : {})}
      className="bg-hover h-1.5 w-full overflow-hidden rounded-full"
    >
      <div
        className={known ? "bg-accent h-full transition-[width]" : "bg-accent animate-shimmer h-full"}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}

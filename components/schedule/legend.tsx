import clsx from "clsx";
import { SHADES } from "./track.tsx";

/** What the marks mean, and what is known about the past. */
export function Legend({ together }: { together: boolean }) {
  return (
    <div className="text-muted flex flex-wrap items-center gap-x-4 gap-y-1 border-t px-4 py-2 text-xs sm:px-6">
      {!together && (
        <span className="flex items-center gap-1.5">
          <Mark className="bg-accent h-3" /> starts alone
        </span>
      )}
      <span className="flex items-center gap-1.5">
        <Mark className="bg-warn h-4" /> with other tasks
      </span>
      <span className="flex items-center gap-1.5">
        <svg aria-hidden width={48} height={12}>
          {SHADES.map((shade, i) => (
            <rect key={shade} x={(i - 1) * 12} width={12} height={12} className={clsx(shade)} />
          ))}
        </svg>
        seldom to every minute
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="bg-bad size-2 rotate-45" /> overdue
      </span>
      <span className="basis-full sm:basis-auto">
        Computed from the cron expressions; paler is past. Lockstep does not run tasks: it sees only what
        programs report.
      </span>
    </div>
  );
}

function Mark({ className }: { className: string }) {
  return <span aria-hidden className={clsx("inline-block w-[3px]", className)} />;
}

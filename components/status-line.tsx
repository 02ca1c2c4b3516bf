import type { StatusJson, SyncStatus } from "../lib/protocol/status.ts";
import { Time } from "./time.tsx";

const WORDS: Record<SyncStatus, { text: string; look: string }> = {
  synced: { text: "In step", look: "bg-green-100 text-green-900 dark:bg-green-950 dark:text-green-200" },
  "out-of-sync": { text: "Out of step", look: "bg-amber-100 text-amber-900 dark:bg-amber-950 dark:text-amber-200" },
  unknown: { text: "Unknown", look: "bg-neutral-200 text-neutral-900 dark:bg-neutral-800 dark:text-neutral-100" },
};

export function StatusLine({ status }: { status: StatusJson }) {
  const { text, look } = WORDS[status.sync_status];
  const { progress, last_run: last, file } = status;
  return (
    <dl aria-live="polite" className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
      <Item name="Status">
        <strong className={`rounded px-2 py-0.5 font-medium ${look}`}>{text}</strong>
        {status.phase !== "idle" && ` ${status.phase}`}
        {progress && ` ${progress.done} of ${progress.total}`}
      </Item>
      <Item name="Last run">
        {last ? (
          <>
            {last.outcome} ({last.trigger}) <Time at={last.finished_at} />
          </>
        ) : (
          "none yet"
        )}
      </Item>
      <Item name="Next run">{status.auto_sync ? <Time at={status.next_run_at} /> : "automatic sync is off"}</Item>
      <Item name="Waiting">{status.pending}</Item>
      <Item name="Conflicts">{status.conflicts}</Item>
      <Item name="File">
        <code>{file?.path ?? "–"}</code>
      </Item>
    </dl>
  );
}

function Item({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-neutral-600 dark:text-neutral-400">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

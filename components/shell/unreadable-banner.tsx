"use client";

import { useQuery } from "@tanstack/react-query";
import { FileWarning } from "lucide-react";
import type { ProblemJson } from "../../lib/protocol/problem.ts";
import { isOfWholeFile } from "../../lib/protocol/sync-status.ts";
import { call } from "../live/api.ts";
import { buttonClass } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { likelyFix } from "./likely-fix.ts";
import { Quote } from "./problem-list.tsx";
import { adviceOn } from "./problem-words.ts";
import { useSideNames } from "./use-side-names.ts";
import { useStatus } from "./use-status.ts";

/**
 * Says that a file cannot be read, so that the state of its tasks is unknown: what and where, the line itself, what
 * probably mends it, and the ways to do so. Of several such files the first one is shown.
 */
export function UnreadableBanner() {
  const { data: status } = useStatus();
  const unreadable = (status.sources ?? []).filter(
    ({ sync_status_reason }) => sync_status_reason?.code === "file_unreadable",
  );
  const source = unreadable[0]?.id ?? status.source ?? undefined;
  const problem = status.problems.find(
    (each) => isOfWholeFile(each) && (each.source === undefined || each.source === source),
  );
  if (!problem) return null;
  return (
    <Banner
      problem={problem}
      source={source}
      several={unreadable.length - 1}
      named={status.source === null}
    />
  );
}

interface BannerProps {
  problem: ProblemJson;
  source: string | undefined;
  /** How many more files cannot be read. */
  several: number;
  named: boolean;
}

function Banner({ problem, source, several, named }: BannerProps) {
  const { data: file } = useQuery({
    queryKey: ["file", "text", source ?? null],
    queryFn: () => call("GET /api/sync/file", { query: { source } }),
    enabled: problem.line !== undefined,
    retry: false,
  });
  const names = useSideNames(source);
  const { isFile } = names;
  const text = file?.text ?? null;
  const fix = text === null ? null : likelyFix(problem, text);
  const query = source === undefined ? "" : `source=${encodeURIComponent(source)}&`;
  return (
    <div role="alert" className="bg-bad-soft flex flex-wrap items-start gap-x-4 gap-y-2 border-t px-4 py-2">
      <FileWarning className="text-bad-text mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1.5">
        <p className="text-bad-text">
          <strong className="font-semibold">
            {!isFile
              ? `The tasks of ${source ?? "the other system"} cannot be read`
              : named
                ? `The file of ${source} cannot be read`
                : "The file cannot be read"}
          </strong>
          {several > 0 && ` (and ${several} more)`}, so it is unknown whether its tasks are in step. Nothing
          is changed on either side. {problem.message}
        </p>
        {text !== null && problem.line !== undefined && (
          <Quote text={text} line={problem.line} column={problem.column} />
        )}
        <p className="text-sm">{fix ?? adviceOn(problem.code, names)}</p>
      </div>
      {isFile && (
        <div className="flex flex-wrap gap-2">
          <Link href={`/file?${query}line=${problem.line ?? 1}`} className={buttonClass()}>
            Fix the line
          </Link>
          <Link href={`/file?${query}view=versions`} className={buttonClass()}>
            Restore a good version…
          </Link>
        </div>
      )}
    </div>
  );
}

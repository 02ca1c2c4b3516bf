"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useStatus } from "../shell/use-status.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Time } from "../ui/time.tsx";
import { bytesInWords } from "./bytes.ts";
import { FileText } from "./file-text.tsx";
import { Versions } from "./versions.tsx";

const VIEWS = [
  { value: "text", label: "On disk" },
  { value: "versions", label: "Kept versions" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** The YAML file as it is on disk, and the versions of it that were kept. */
export function FilePage() {
  const pathname = usePathname();
  const router = useRouter();
  const view: View = useSearchParams().get("view") === "versions" ? "versions" : "text";
  const { data: status } = useStatus();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        title="File"
        aside={
          <Segmented label="What to show" options={VIEWS} value={view} onValueChange={(next) => router.replace(next === "text" ? pathname : `${pathname}?view=${next}`)} />
        }
      >
        {status.file && (
          <p className="text-muted min-w-0 text-xs">
            <span className="font-mono break-all">{status.file.path}</span>
            {status.file.size !== null && <> · {bytesInWords(status.file.size)}</>}
            {status.file.modified_at !== null && (
              <>
                {" "}
                · saved <Time at={status.file.modified_at} />
              </>
            )}
          </p>
        )}
      </PageHeader>
      {view === "text" ? <FileText /> : <Versions />}
    </div>
  );
}

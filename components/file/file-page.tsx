"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { FileX2 } from "lucide-react";
import { useHasOnlyObjects } from "../shell/use-of-objects.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { SourceSelect, useSourceIds, useSourceParam } from "../shell/use-source.tsx";
import { useStatusOf } from "../shell/use-status.ts";
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
  const { ids, several } = useSourceIds();
  const [named, choose] = useSourceParam();
  // The page shows one file at a time.
  const source = named ?? (several ? ids[0] : undefined);
  const { isFile } = useSideNames(source);
  const onlyObjects = useHasOnlyObjects();
  const { data: status } = useStatusOf(source);
  const show = (next: View) => {
    const query = new URLSearchParams({
      ...(next === "text" ? {} : { view: next }),
      ...(named === undefined ? {} : { source: named }),
    });
    router.replace(query.size === 0 ? pathname : `${pathname}?${query}`);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        title={isFile ? "File" : "Tasks as YAML"}
        aside={
          <>
            <SourceSelect value={source} onChange={choose} all={false} />
            {isFile && <Segmented label="What to show" options={VIEWS} value={view} onValueChange={show} />}
          </>
        }
      >
        {status?.file && (
          <p className="text-muted min-w-0 text-xs">
            <span className="font-mono break-all">{status.file.path}</span>
            {isFile && status.file.size !== null && <> · {bytesInWords(status.file.size)}</>}
            {status.file.modified_at !== null && (
              <>
                {" "}
                · {isFile ? "saved" : "changed"} <Time at={status.file.modified_at} />
              </>
            )}
          </p>
        )}
      </PageHeader>
      {onlyObjects ? (
        <EmptyState icon={FileX2} title="No source has a file">
          All sources are pulled from other systems. What they bring is under Objects.
        </EmptyState>
      ) : view === "text" || !isFile ? (
        <FileText key={source} source={source} />
      ) : (
        <Versions key={source} source={source} />
      )}
    </div>
  );
}

"use client";

import { FileX2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { FileJson } from "../../lib/protocol/file.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { FileProblems } from "./file-problems.tsx";
import { TaskOutline } from "./task-outline.tsx";
import { useFile } from "./use-file.ts";

const YamlView = dynamic(() => import("./yaml-view.tsx"), {
  ssr: false,
  loading: () => <SkeletonRows label="Loading the text" rows={10} />,
});

export function FileText({ source }: { source: string | undefined }) {
  const { data: file, error, isPending, refetch } = useFile(source);
  const { side, Side } = useSideNames(source);
  if (file) return <Loaded file={file} source={source} error={error} />;
  if (isPending) return <SkeletonRows label={`Reading ${side}`} rows={10} />;
  return <ErrorState title={`${Side} could not be loaded`} error={error} onRetry={() => void refetch()} />;
}

function Loaded({
  file,
  source,
  error,
}: {
  file: FileJson;
  source: string | undefined;
  error: Error | null;
}) {
  const router = useRouter();
  // A link may lead to a line.
  const line = Number(useSearchParams().get("line"));
  const [target, setTarget] = useState<{ line: number } | null>(
    Number.isInteger(line) && line > 0 ? { line } : null,
  );
  const { side, isFile, heading } = useSideNames(source);
  const goTo = (line: number) => setTarget({ line });
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pb-4 sm:px-6">
      {error && <ErrorNote error={error} />}
      <FileProblems problems={file.problems} text={file.text} source={source} onGoTo={goTo} />
      {file.text === null ? (
        <EmptyState icon={FileX2} title="There is no text to show">
          {isFile
            ? `Put ${side} back, or restore one of the kept versions.`
            : `It shows by itself as soon as ${side} can be read.`}{" "}
          Until then nothing is changed on either side.
        </EmptyState>
      ) : (
        <div className="bg-surface flex min-h-72 flex-1 overflow-hidden rounded-lg border">
          <div className="min-w-0 flex-1">
            <YamlView
              {...{ file, source, target }}
              label={isFile ? `The ${heading}` : `Tasks of ${side} as YAML`}
              onOpen={(href) => router.push(href)}
            />
          </div>
          <TaskOutline file={file} source={source} onGoTo={goTo} />
        </div>
      )}
    </div>
  );
}

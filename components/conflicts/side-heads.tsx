import { Database, FileCode2, Globe, History } from "lucide-react";
import type { ReactNode } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { useNames } from "../shell/use-side-names.ts";
import { Time } from "../ui/time.tsx";
import { actorName } from "./words.ts";

/** The heads of the three columns, with who changed each side and when. */
export function SideHeads({ conflict }: { conflict: ShownConflict }) {
  const { file_data, database_data, ancestor, file_updated_at, database_updated_at, database_updated_by } =
    conflict;
  const { heading, isFile } = useNames();
  return (
    <div className="bg-raised sticky -top-3 z-10 hidden gap-2 border-b pt-3 pb-2 text-xs sm:grid sm:grid-cols-[10rem_1fr_1fr_1fr]">
      <span className="text-muted self-end font-medium">Field</span>
      <Head icon={isFile ? <FileCode2 /> : <Globe />} name={heading}>
        {file_data === null ? "deleted" : "changed"}{" "}
        {file_updated_at !== null && <Time at={file_updated_at} />}
      </Head>
      <Head icon={<History />} name="Last synced">
        {ancestor === null ? "never agreed" : "what both sides said"}
      </Head>
      <Head icon={<Database />} name="Database">
        {database_data === null ? "deleted" : "changed"}{" "}
        {database_updated_at !== null && <Time at={database_updated_at} />}
        {database_updated_by !== null && ` by ${actorName(database_updated_by)}`}
      </Head>
    </div>
  );
}

function Head({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 px-2 [&_svg]:size-3.5">
      <p className="flex items-center gap-1.5 font-medium">
        <span className="text-muted" aria-hidden>
          {icon}
        </span>
        {name}
      </p>
      <p className="text-muted truncate">{children}</p>
    </div>
  );
}

/** Who changed each side and when, in one line per side, for screens that are too narrow for columns. */
export function SideLines({ conflict }: { conflict: ShownConflict }) {
  const { file_updated_at, database_updated_at, database_updated_by } = conflict;
  const { heading } = useNames();
  return (
    <p className="text-muted mt-3 mb-2 text-xs sm:hidden">
      {heading} <Time at={file_updated_at} /> · Database <Time at={database_updated_at} />
      {database_updated_by !== null && ` by ${actorName(database_updated_by)}`}
    </p>
  );
}

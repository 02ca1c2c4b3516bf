"use client";

import { History } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { OlderFileBody } from "../../lib/protocol/older-file.ts";
import { Button } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { Time } from "../ui/time.tsx";
import { useMay } from "./actor-context.tsx";
import { MissingRole } from "./missing-role.tsx";
import { plural } from "./run-words.ts";
import { useStatus } from "./use-status.ts";

const OlderFileConfirm = dynamic(
  loadAgain(() => import("./older-file-confirm.tsx").then((module) => module.OlderFileConfirm)),
  { ssr: false },
);

/** Says that an earlier version of the file came back, and lets an admin choose between it and the newest one. */
export function OlderFileBanner() {
  const { data: status } = useStatus();
  const { may, why } = useMay("admin");
  const [keep, setKeep] = useState<OlderFileBody["keep"] | null>(null);
  const { older_file: older } = status;
  if (!older) return null;
  return (
    <div role="alert" className="bg-warn-soft flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-2">
      <p className="text-warn-text flex min-w-0 flex-1 basis-64 items-start gap-2">
        <History className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>
          <strong className="font-semibold">An older version of the file came back</strong>
          {status.source === null && ` in ${older.source}`}, as it was <Time at={older.seen_at} show="both" />
          . It takes back what the database has changed since in{" "}
          <Link href="/conflicts" className="underline">
            {plural(older.tasks, "task")}
          </Link>
          , which wait for a choice.
        </span>
      </p>
      <MissingRole why={why} />
      {may && (
        <>
          <Button onClick={() => setKeep("newest")}>Put the newest back</Button>
          <Button onClick={() => setKeep("older")}>Take the old one</Button>
        </>
      )}
      {keep && <OlderFileConfirm older={older} keep={keep} onClose={() => setKeep(null)} />}
    </div>
  );
}

"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { ObjectJson } from "../../lib/protocol/object.ts";
import { Button } from "../ui/button.tsx";
import { Fact } from "../ui/fact.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";
import { FreshnessBadge, FRESHNESS_WORDS, freshnessOf } from "./freshness.tsx";
import { Data } from "./json-view.tsx";

/** How fresh an object is, when it was seen and changed, and its data. */
export function ObjectFacts({ object }: { object: ObjectJson }) {
  const fresh = freshnessOf(object);
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-center gap-2">
        <FreshnessBadge of={fresh} />
        <span className="text-muted text-xs">{FRESHNESS_WORDS[fresh].why}.</span>
      </p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4">
        <Fact name="Last seen">
          <Time at={object.last_seen_at} />
        </Fact>
        <Fact name="Changed">
          <Time at={object.changed_at} />
        </Fact>
        <Fact name="First seen">
          <Time at={object.first_seen_at} />
        </Fact>
        <Fact name="Changed there">
          <Time at={object.updated_at} />
        </Fact>
        {object.deleted_at !== null && (
          <Fact name="Deleted">
            <Time at={object.deleted_at} />
          </Fact>
        )}
        <Fact name="Source">{object.source}</Fact>
        <Fact name="Children">{object.children.toLocaleString("en")}</Fact>
      </dl>
      <section aria-label="Data" className="bg-surface relative rounded-lg border p-3 pr-12">
        <CopyData object={object} />
        <Data data={object.data} label={`Data of ${object.external_id}`} />
      </section>
    </div>
  );
}

function CopyData({ object }: { object: ObjectJson }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(object.data, null, 2));
      setCopied(true);
    } catch {
      toast.error("The browser does not let this page copy");
    }
  };
  return (
    <Button
      look="ghost"
      size="icon-small"
      className="absolute top-2 right-2"
      aria-label={copied ? "Copied" : "Copy as JSON"}
      title={copied ? "Copied" : "Copy as JSON"}
      onClick={() => void copy()}
    >
      {copied ? <Check /> : <Copy />}
    </Button>
  );
}

"use client";

import { Play, SearchX, Workflow } from "lucide-react";
import Link from "next/link";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { CONFLICT_POLICIES } from "../../lib/source/settings.ts";
import { directionToWire, policyToWire } from "../../lib/protocol/wire.ts";
import { DIRECTIONS, STRATEGIES } from "../../lib/sync/types.ts";
import { ProblemList } from "../shell/problem-list.tsx";
import { DIRECTION } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { NativeSelect } from "../ui/native-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Switch } from "../ui/switch.tsx";
import { InlineValue } from "./inline-value.tsx";
import { OwnersField } from "./owners-field.tsx";
import { ParentsField } from "./parents-field.tsx";
import { SettingRow } from "./setting-row.tsx";
import { useSourceActions } from "./source-actions.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { POLICY, STRATEGY } from "./source-words.ts";

interface SourcePanelProps {
  id: string;
  all: readonly SourceJson[];
  auto: boolean;
  onClose(): void;
}

const DIRECTION_OPTIONS = DIRECTIONS.map((direction) => ({
  value: directionToWire(direction),
  text: DIRECTION[direction].text,
}));
const STRATEGY_OPTIONS = STRATEGIES.map((value) => ({ value, text: STRATEGY[value] }));
const POLICY_OPTIONS = CONFLICT_POLICIES.map((policy) => ({
  value: policyToWire(policy),
  text: POLICY[policy],
}));

/** One source: how it stands, and every setting with where it comes from. Each is saved as it is changed. */
export function SourcePanel({ id, all, auto, onClose }: SourcePanelProps) {
  const { edit, editWhy, run, runWhy } = useSourceActions();
  const source = all.find((each) => each.id === id);
  if (!source) {
    return (
      <Sheet open onOpenChange={onClose} title={id}>
        <EmptyState icon={SearchX} title={`There is no source ${id}`}>
          It may have another name by now.
        </EmptyState>
      </Sheet>
    );
  }
  const { settings } = source;
  const locked = editWhy !== undefined || source.removed_at !== null;
  const idle = source.phase === "idle" && source.removed_at === null && runWhy === undefined;
  const choice = <Name extends "direction" | "strategy" | "conflict_policy">(
    name: Name,
    options: readonly { value: string; text: string }[],
  ) => (
    <SettingRow source={source} name={name}>
      {(control) => (
        <NativeSelect
          id={control}
          value={settings[name]}
          disabled={locked}
          onChange={(event) => void edit(source, { [name]: event.target.value })}
          className="w-full !max-w-full"
        >
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </NativeSelect>
      )}
    </SettingRow>
  );
  const toggle = (name: "is_sync_enabled" | "cascade_sync") => (
    <SettingRow source={source} name={name}>
      {(control) => (
        <span className="pt-1.5">
          <Switch
            id={control}
            checked={settings[name]}
            disabled={locked}
            onCheckedChange={(on) => void edit(source, { [name]: on })}
          />
        </span>
      )}
    </SettingRow>
  );
  const typed = (name: "sync_interval_minutes" | "staleness_threshold_minutes" | "priority" | "worker") => (
    <SettingRow source={source} name={name}>
      {(control) => <InlineValue key={source.id} source={source} name={name} framed id={control} />}
    </SettingRow>
  );
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={source.id}
      description={<span className="font-mono text-xs break-all">{source.path}</span>}
      footer={
        <>
          <Link
            href={`/file?source=${encodeURIComponent(source.id)}`}
            className="text-accent-text mr-auto text-sm underline"
          >
            Open the file
          </Link>
          <Button
            disabled={!idle || source.dependents.length === 0}
            title={runWhy}
            onClick={() => run(source, true)}
          >
            <Workflow aria-hidden /> Sync with dependents
          </Button>
          <Button look="primary" disabled={!idle} title={runWhy} onClick={() => run(source, false)}>
            <Play aria-hidden /> Sync now
          </Button>
        </>
      }
    >
      <SourceFacts source={source} auto={auto} />
      {source.problems.length > 0 && (
        <section aria-label="Problems" className="border-bad mb-5 rounded-lg border p-3">
          <ProblemList problems={source.problems} source={source.id} onLeave={onClose} />
        </section>
      )}
      <h3 className="mb-1 font-semibold">Settings</h3>
      {editWhy !== undefined && <p className="text-muted text-xs">{editWhy}</p>}
      {toggle("is_sync_enabled")}
      {typed("sync_interval_minutes")}
      {typed("staleness_threshold_minutes")}
      {typed("priority")}
      <SettingRow source={source} name="depends_on">
        {(control) => <ParentsField source={source} all={all} id={control} />}
      </SettingRow>
      {toggle("cascade_sync")}
      {choice("direction", DIRECTION_OPTIONS)}
      {choice("strategy", STRATEGY_OPTIONS)}
      {choice("conflict_policy", POLICY_OPTIONS)}
      <SettingRow source={source} name="fields">
        {(control) => <OwnersField source={source} id={control} />}
      </SettingRow>
      {typed("worker")}
    </Sheet>
  );
}

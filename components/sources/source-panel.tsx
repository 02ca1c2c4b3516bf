"use client";

import { Play, SearchX, Workflow } from "lucide-react";
import dynamic from "next/dynamic";
import { Link } from "../ui/link.tsx";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { CONFLICT_POLICIES, OLDER_FILE_POLICIES } from "../../lib/source/settings.ts";
import { sideNames } from "../../lib/source/side-names.ts";
import { directionToWire, policyToWire } from "../../lib/protocol/wire.ts";
import { DIRECTIONS, STRATEGIES } from "../../lib/sync/types.ts";
import { ProblemList } from "../shell/problem-list.tsx";
import { directionInWords } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { OwnersField } from "./owners-field.tsx";
import { ParentsField } from "./parents-field.tsx";
import { SettingRow } from "./setting-row.tsx";
import { ChoiceSetting, ToggleSetting, TypedSetting } from "./settings-controls.tsx";
import { useSourceActions } from "./source-actions.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { OLDER_FILE, policyInWords, STRATEGY } from "./source-words.ts";

const PullList = dynamic(
  loadAgain(() => import("../objects/pull-list.tsx").then((module) => module.PullList)),
);
const SourceTest = dynamic(loadAgain(() => import("./source-test.tsx").then((module) => module.SourceTest)));

interface SourcePanelProps {
  id: string;
  all: readonly SourceJson[];
  auto: boolean;
  onClose(): void;
}

const STRATEGY_OPTIONS = STRATEGIES.map((value) => ({ value, text: STRATEGY[value] }));
const OLDER_FILE_OPTIONS = OLDER_FILE_POLICIES.map((value) => ({ value, text: OLDER_FILE[value] }));

/**
 * One source with its state, and every setting with the origin of its value. A change is saved at once.
 */
export function SourcePanel({ id, all, auto, onClose }: SourcePanelProps) {
  const { editWhy } = useSourceActions();
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
  const ofObjects = source.object_type !== null;
  const { isFile: hasFile } = sideNames(source.id, source.kind);
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={source.id}
      description={<span className="font-mono text-xs break-all">{source.path}</span>}
      footer={<PanelFooter source={source} />}
    >
      <SourceFacts source={source} auto={auto} />
      {source.problems.length > 0 && (
        <section aria-label="Problems" className="border-bad mb-5 rounded-lg border p-3">
          <ProblemList problems={source.problems} source={source.id} onLeave={onClose} />
        </section>
      )}
      {!hasFile && <SourceTest key={source.id} source={source} />}
      {ofObjects && (
        <section aria-label="Last pull" className="mb-5">
          <h3 className="mb-2 font-semibold">Last pull</h3>
          <PullList source={source.id} last onLeave={onClose} />
        </section>
      )}
      <h3 className="mb-1 font-semibold">Settings</h3>
      {editWhy !== undefined && <p className="text-muted text-xs">{editWhy}</p>}
      <ToggleSetting source={source} name="is_sync_enabled" />
      <TypedSetting source={source} name="sync_interval_minutes" />
      <TypedSetting source={source} name="staleness_threshold_minutes" />
      <TypedSetting source={source} name="priority" />
      <SettingRow source={source} name="depends_on">
        {(control) => <ParentsField source={source} all={all} id={control} />}
      </SettingRow>
      <ToggleSetting source={source} name="cascade_sync" />
      {!ofObjects && <SettingsOfTasks source={source} />}
      <TypedSetting source={source} name="worker" />
    </Sheet>
  );
}

/** Settings of a source that goes both ways. */
function SettingsOfTasks({ source }: { source: SourceJson }) {
  const names = sideNames(source.id, source.kind);
  const directions = DIRECTIONS.map((direction) => ({
    value: directionToWire(direction),
    text: directionInWords(direction, names).text,
  }));
  const policies = CONFLICT_POLICIES.map((policy) => ({
    value: policyToWire(policy),
    text: policyInWords(policy, names),
  }));
  return (
    <>
      <ChoiceSetting source={source} name="direction" options={directions} />
      <ChoiceSetting source={source} name="strategy" options={STRATEGY_OPTIONS} />
      <ChoiceSetting source={source} name="conflict_policy" options={policies} />
      {names.isFile && <ChoiceSetting source={source} name="older_file" options={OLDER_FILE_OPTIONS} />}
      <SettingRow source={source} name="fields">
        {(control) => <OwnersField source={source} id={control} />}
      </SettingRow>
    </>
  );
}

function PanelFooter({ source }: { source: SourceJson }) {
  const { run, runWhy } = useSourceActions();
  const ofObjects = source.object_type !== null;
  const { isFile } = sideNames(source.id, source.kind);
  const idle = source.phase === "idle" && source.removed_at === null && runWhy === undefined;
  return (
    <>
      <Link
        href={`${ofObjects ? "/objects" : "/file"}?source=${encodeURIComponent(source.id)}`}
        className="text-accent-text mr-auto text-sm underline"
      >
        {ofObjects ? "Open its objects" : isFile ? "Open the file" : "Open its tasks as YAML"}
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
  );
}

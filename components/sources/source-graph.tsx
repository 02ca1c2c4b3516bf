"use client";

import "@xyflow/react/dist/base.css";
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from "@xyflow/react";
import clsx from "clsx";
import { useTheme } from "next-themes";
import { type CSSProperties, type KeyboardEvent, useMemo } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { Dot } from "../ui/badge.tsx";
import { useSecond } from "../ui/page-clock.ts";
import { layOut, NODE } from "./graph-layout.ts";
import { countdown } from "./minutes.ts";
import { useSourceActions } from "./source-actions.tsx";
import { standingOf } from "./source-words.ts";

type SourceNode = Node<{ source: SourceJson }, "source">;

const NODE_TYPES = { source: Card };
/** Colours of the page's theme, under the names that the graph library reads. */
const COLOURS: CSSProperties & Record<`--${string}`, string> = {
  "--xy-edge-stroke": "var(--muted)",
  "--xy-background-color": "transparent",
};
const FIT = { padding: 0.15, maxZoom: 1 };

interface Props {
  sources: readonly SourceJson[];
}

/**
 * The dependencies between sources as a graph. Tab goes from source to source and Enter opens one;
 * the list below says the same in words.
 */
export function SourceGraph({ sources }: Props) {
  const { open } = useSourceActions();
  const { resolvedTheme } = useTheme();
  const { nodes, edges, shape } = useGraph(sources);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.target instanceof Element)) return;
    const id = event.target.closest<HTMLElement>("[data-id]")?.dataset["id"];
    if (id !== undefined && sources.some((source) => source.id === id)) open(id);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto border-t">
      <div className="min-h-80 flex-1" aria-label="Dependency graph" role="region">
        <ReactFlowProvider key={shape}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            colorMode={resolvedTheme === "dark" ? "dark" : "light"}
            onNodeClick={(_, node) => open(node.id)}
            onKeyDown={onKeyDown}
            fitView
            fitViewOptions={FIT}
            minZoom={0.1}
            nodesDraggable={false}
            nodesConnectable={false}
            edgesFocusable={false}
            onlyRenderVisibleElements={sources.length > 60}
            style={COLOURS}
            proOptions={{ hideAttribution: true }}
          >
            <Background />
            <Controls showInteractive={false} />
          </ReactFlow>
        </ReactFlowProvider>
      </div>
      <SourcesInWords sources={sources} />
    </div>
  );
}

/** The nodes and edges to draw. The layout is computed only when `shape`, the dependencies, changes. */
function useGraph(sources: readonly SourceJson[]) {
  const shape = sources.map(({ id, settings }) => `${id}>${settings.depends_on.join()}`).join(";");
  const { places, edges } = useMemo(
    () => layOut(sources.map(({ id, settings }) => ({ id, depends_on: settings.depends_on }))),
    // oxlint-disable-next-line react/exhaustive-deps -- the layout reads only what `shape` says of the sources
    [shape],
  );
  const nodes = useMemo(
    () =>
      sources.map((source): SourceNode => ({
        id: source.id,
        type: "source",
        position: places.get(source.id) ?? { x: 0, y: 0 },
        data: { source },
        ariaLabel: inWords(source),
        draggable: false,
        connectable: false,
        ...NODE,
      })),
    [sources, places],
  );
  const arrows = useMemo(
    () =>
      edges.map(({ from, to }): Edge => ({
        id: `${from}>${to}`,
        source: from,
        target: to,
        focusable: false,
        markerEnd: { type: MarkerType.ArrowClosed },
      })),
    [edges],
  );
  return { nodes, edges: arrows, shape };
}

function SourcesInWords({ sources }: Props) {
  const { open } = useSourceActions();
  return (
    <details className="border-t px-4 py-2 sm:px-6">
      <summary className="text-muted py-1 text-xs font-medium">The same as a list</summary>
      <ul className="flex flex-col gap-1 py-2 text-sm">
        {sources.map((source) => (
          <li key={source.id}>
            <button type="button" className="text-left hover:underline" onClick={() => open(source.id)}>
              {inWords(source)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Card({ data: { source }, selected }: NodeProps<SourceNode>) {
  const { text, tone } = standingOf(source);
  const now = useSecond();
  const { next_run_at: next, settings } = source;
  return (
    <div
      data-source={source.id}
      className={clsx(
        "bg-raised flex h-full flex-col justify-center gap-0.5 rounded-lg border px-3 text-left shadow-sm",
        selected && "border-accent",
        source.stale && "border-warn",
        source.removed_at !== null && "border-dashed",
      )}
    >
      <Handle type="target" position={Position.Left} className="!border-none !bg-transparent" />
      <span className="truncate font-medium">{source.id}</span>
      <span className="text-muted flex items-center gap-1.5 text-xs">
        <Dot tone={tone} /> {text}
        {source.stale && <span className="text-warn-text font-medium">stale</span>}
        <span className="ml-auto tabular-nums">
          {next !== null && now > 0 && settings.is_sync_enabled ? countdown(Date.parse(next), now) : ""}
        </span>
      </span>
      <Handle type="source" position={Position.Right} className="!border-none !bg-transparent" />
    </div>
  );
}

/** `reports: in step, stale; after billing, crm; followed by mails`. */
function inWords(source: SourceJson): string {
  const { depends_on: parents } = source.settings;
  return [
    `${source.id}: ${standingOf(source).text.toLowerCase()}${source.stale ? ", stale" : ""}`,
    parents.length > 0 ? `after ${parents.join(", ")}` : "",
    source.dependents.length > 0 ? `followed by ${source.dependents.join(", ")}` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { equalJson, type Json, type JsonMap } from "../../lib/json.ts";
import type { EditSync, TaskJson } from "../../lib/protocol/task.ts";
import { ApiError } from "../live/api.ts";
import { NEW_TASK } from "./draft.ts";
import { createTask, type EditAnswer, putTask } from "./edit-tasks.ts";
import { contentOf, differingFields, rebase, setOrDelete } from "./merge-draft.ts";

export type SaveState =
  | { kind: "idle" }
  | { kind: "saving" }
  | { kind: "saved"; sync: EditSync }
  | { kind: "failed"; error: Error };

export interface Meanwhile {
  taken: readonly string[];
  clashing: readonly string[];
}

interface State {
  /** What the server has, as far as is known; null for a new task. */
  base: TaskJson | null;
  mine: JsonMap;
  /** Where a new task is to go; undefined: to the only source there is. */
  source: string | undefined;
  meanwhile: Meanwhile;
  save: SaveState;
}

const NOTHING: Meanwhile = { taken: [], clashing: [] };

export interface TaskForm extends State {
  dirty: boolean;
  set(name: string, value: Json | undefined): void;
  setSource(source: string | undefined): void;
  replace(mine: JsonMap): void;
  takeTheirs(name: string): void;
  keepMine(name: string): void;
  reset(): void;
  submit(): Promise<EditAnswer | null>;
}

/**
 * What a person writes, on top of what the server has. When that changes meanwhile, fields left alone
 * follow it, and fields that both changed are named: what is saved overwrites nothing unseen.
 * `usual` is the source that a new task goes to unless another is chosen.
 */
export function useTaskForm(current: TaskJson | null, usual: string | undefined): TaskForm {
  const client = useQueryClient();
  const [state, setState] = useState<State>(() => start(current));
  // The row in the list is the newest that is known; while saving it is our own.
  if (
    current &&
    state.base &&
    state.save.kind !== "saving" &&
    !equalJson(current as JsonMap, state.base as JsonMap)
  ) {
    setState(onto(state, current));
  }
  const { base, mine, source } = state;
  const before = base ? contentOf(base) : NEW_TASK;
  const dirty = differingFields(before, mine).length > 0;
  const edit = (change: (mine: JsonMap) => JsonMap) =>
    setState((now) => ({
      ...now,
      mine: change(now.mine),
      save: now.save.kind === "saving" ? now.save : { kind: "idle" },
    }));
  const settled =
    (name: string) =>
    (now: State): State => ({
      ...now,
      meanwhile: { ...now.meanwhile, clashing: now.meanwhile.clashing.filter((each) => each !== name) },
    });
  const set = (name: string, value: Json | undefined) =>
    edit((now) => {
      const next = { ...now };
      setOrDelete(next, name, value);
      return next;
    });

  const send = (from: State): Promise<EditAnswer> =>
    from.base ? putTask(client, from.base, from.mine) : createTask(client, from.mine, from.source ?? usual);
  const submit = async (): Promise<EditAnswer | null> => {
    setState((now) => ({ ...now, save: { kind: "saving" } }));
    let from: State = { base, mine, source, meanwhile: state.meanwhile, save: { kind: "saving" } };
    for (let again = 0; ; again += 1) {
      try {
        const answer = await send(from);
        setState({
          base: answer.task,
          mine: contentOf(answer.task),
          source,
          meanwhile: NOTHING,
          save: { kind: "saved", sync: answer.sync },
        });
        return answer;
      } catch (error) {
        const theirs = freshTask(error);
        if (theirs && from.base) {
          from = onto(from, theirs);
          // Only what I had left alone has changed: nothing of theirs is overwritten, nothing of mine unseen.
          if (from.meanwhile.clashing.length === 0 && again < 3) continue;
        }
        const failed: SaveState = {
          kind: "failed",
          error: error instanceof Error ? error : new Error(String(error)),
        };
        setState({ ...from, save: failed });
        return null;
      }
    }
  };
  return {
    ...state,
    dirty,
    set,
    setSource: (next) => setState((now) => ({ ...now, source: next })),
    replace: (next) => edit(() => next),
    takeTheirs: (name) => {
      set(name, before[name]);
      setState(settled(name));
    },
    keepMine: (name) => setState(settled(name)),
    reset: () => setState(start(base)),
    submit,
  };
}

function start(base: TaskJson | null): State {
  return {
    base,
    mine: base ? contentOf(base) : NEW_TASK,
    source: undefined,
    meanwhile: NOTHING,
    save: { kind: "idle" },
  };
}

/** The same edits on top of a newer task. */
function onto(state: State, theirs: TaskJson): State {
  if (!state.base) return state;
  const touched = differingFields(contentOf(state.base), state.mine).length > 0;
  const { mine, taken, clashing } = rebase(contentOf(state.base), state.mine, contentOf(theirs));
  const meanwhile: Meanwhile = touched
    ? { taken: union(state.meanwhile.taken, taken), clashing: union(state.meanwhile.clashing, clashing) }
    : NOTHING;
  return { ...state, base: theirs, mine, meanwhile };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

/** What a refused edit says the task is now. */
function freshTask(error: unknown): TaskJson | null {
  if (!(error instanceof ApiError) || error.code !== "precondition_failed") return null;
  return (error.problem?.["task"] as TaskJson | undefined) ?? null;
}

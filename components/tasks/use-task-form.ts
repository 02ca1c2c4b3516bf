"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { equalJson, type Json, type JsonMap } from "../../lib/json.ts";
import type { EditSync, TaskJson } from "../../lib/protocol/task.ts";
import { ApiError } from "../live/api.ts";
import { NEW_TASK } from "./draft.ts";
import { createTask, type EditAnswer, putTask } from "./edit-tasks.ts";
import { draftOf, differingFields, rebase, setOrDelete } from "./merge-draft.ts";

export type SaveState =
  | { kind: "idle" }
  | { kind: "saving" }
  | { kind: "saved"; sync: EditSync; before: TaskJson | null }
  | { kind: "failed"; error: Error };

/** Fields that others changed while this person was editing. */
export interface Meanwhile {
  /** Fields that only others changed. The form shows their value. */
  taken: readonly string[];
  /** Fields that this person and others changed differently. The person has to choose. */
  clashing: readonly string[];
}

interface State {
  /** The newest known state of the task on the server; null for a new task. */
  base: TaskJson | null;
  mine: JsonMap;
  /** The source that a person chose for a new task. */
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
 * A person's edits on top of the server's task. When the task changes meanwhile, fields that the person left alone
 * follow it, and fields that both changed are named, so that saving overwrites nothing unseen. A new task gets
 * the source `usual`, unless another is chosen, and begins as a copy of `copied`.
 */
export function useTaskForm(
  current: TaskJson | null,
  usual: string | undefined,
  copied: TaskJson | null = null,
): TaskForm {
  const client = useQueryClient();
  const [state, setState] = useState<State>(() => (copied ? startAsCopy(copied) : start(current)));
  // The list has the newest task, except while the form is saving.
  if (current && state.base && state.save.kind !== "saving" && !equalJson(current, state.base)) {
    setState(onto(state, current));
  }
  const { base, mine } = state;
  const before = base ? draftOf(base) : NEW_TASK;
  const edit = (change: (mine: JsonMap) => JsonMap) =>
    setState((now) => ({
      ...now,
      mine: change(now.mine),
      save: now.save.kind === "saving" ? now.save : { kind: "idle" },
    }));
  const set = (name: string, value: Json | undefined) =>
    edit((now) => {
      const next = { ...now };
      setOrDelete(next, name, value);
      return next;
    });
  const submit = async (): Promise<EditAnswer | null> => {
    setState((now) => ({ ...now, save: { kind: "saving" } }));
    const { answer, after } = await send(client, { ...state, save: { kind: "saving" } }, usual);
    setState(after);
    return answer;
  };
  return {
    ...state,
    dirty: differingFields(before, mine).length > 0,
    set,
    setSource: (source) => setState((now) => ({ ...now, source })),
    replace: (next) => edit(() => next),
    takeTheirs: (name) => {
      set(name, before[name]);
      setState((now) => withoutClash(now, name));
    },
    keepMine: (name) => setState((now) => withoutClash(now, name)),
    reset: () => setState(start(base)),
    submit,
  };
}

/** The most times that an edit is sent again because the task changed in other fields meanwhile. */
const MOST_RETRIES = 3;

/** Sends the edit. `after` is the form's state then; `answer` is null when the edit was refused. */
async function send(
  client: QueryClient,
  from: State,
  usual: string | undefined,
): Promise<{ answer: EditAnswer | null; after: State }> {
  let state = from;
  for (let retries = 0; ; retries += 1) {
    try {
      const answer = state.base
        ? await putTask(client, state.base, state.mine)
        : await createTask(client, state.mine, state.source ?? usual);
      const save: SaveState = { kind: "saved", sync: answer.sync, before: state.base };
      return { answer, after: { ...start(answer.task), source: state.source, save } };
    } catch (error) {
      const theirs = freshTask(error);
      if (theirs && state.base) {
        state = onto(state, theirs);
        // Without a clash the others changed only fields that this person left alone, so sending again is
        // safe.
        if (state.meanwhile.clashing.length === 0 && retries < MOST_RETRIES) continue;
      }
      const failed = error instanceof Error ? error : new Error(String(error));
      return { answer: null, after: { ...state, save: { kind: "failed", error: failed } } };
    }
  }
}

function start(base: TaskJson | null): State {
  return {
    base,
    mine: base ? draftOf(base) : NEW_TASK,
    source: undefined,
    meanwhile: NOTHING,
    save: { kind: "idle" },
  };
}

/** A new task that says what this one says, under a name of its own and with a next run of its own. */
function startAsCopy(task: TaskJson): State {
  const { id: _id, ...content } = draftOf(task);
  const mine = { ...content, skill_name: `${task.skill_name}-copy`, next_run_at: null };
  return { ...start(null), mine, source: task.source };
}

/** The state after the person has chosen a value for a field that both changed. */
function withoutClash(state: State, name: string): State {
  const { meanwhile } = state;
  return {
    ...state,
    meanwhile: { ...meanwhile, clashing: meanwhile.clashing.filter((each) => each !== name) },
  };
}

/** The state with the same edits on top of a newer task. */
function onto(state: State, theirs: TaskJson): State {
  if (!state.base) return state;
  const touched = differingFields(draftOf(state.base), state.mine).length > 0;
  const { mine, taken, clashing } = rebase(draftOf(state.base), state.mine, draftOf(theirs));
  const meanwhile: Meanwhile = touched
    ? { taken: union(state.meanwhile.taken, taken), clashing: union(state.meanwhile.clashing, clashing) }
    : NOTHING;
  return { ...state, base: theirs, mine, meanwhile };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

/** The present task, from the answer to a refused edit. */
function freshTask(error: unknown): TaskJson | null {
  if (!(error instanceof ApiError) || error.code !== "precondition_failed") return null;
  return (error.problem?.["task"] as TaskJson | undefined) ?? null;
}

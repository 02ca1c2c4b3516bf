import { listeners } from "../ui/listeners.ts";

const KEY = "lockstep.first-steps";
const changes = listeners();

export const STEPS = ["file", "here", "choose"] as const;
export type Step = (typeof STEPS)[number];

/** How far a person is: the steps that are done, and whether the card is shown, put off, or skipped for good. */
export interface FirstSteps {
  shown: boolean;
  over: boolean;
  done: readonly Step[];
  /** The practice conflict, while there is one. */
  practice: { conflict_id: string; source: string } | null;
}

const FRESH: FirstSteps = { shown: false, over: false, done: [], practice: null };
/** While the server renders, nothing is offered. */
export const ON_SERVER: FirstSteps = { ...FRESH, over: true };

let known: { text: string | null; state: FirstSteps } = { text: null, state: FRESH };

export const onFirstSteps = changes.add;

export function firstSteps(): FirstSteps {
  let text: string | null;
  try {
    text = window.localStorage.getItem(KEY);
  } catch {
    return ON_SERVER; // The browser keeps nothing for this page.
  }
  if (text !== known.text) known = { text, state: { ...FRESH, ...parsed(text) } };
  return known.state;
}

function parsed(text: string | null): Partial<FirstSteps> {
  try {
    return text === null ? {} : (JSON.parse(text) as Partial<FirstSteps>);
  } catch {
    return {};
  }
}

export function changeFirstSteps(change: Partial<FirstSteps>): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify({ ...firstSteps(), ...change }));
  } catch {
    return;
  }
  changes.tell();
}

/** Marks a step as done. */
export function tick(step: Step): void {
  const { done } = firstSteps();
  if (!done.includes(step)) changeFirstSteps({ done: [...done, step] });
}

import type { HttpProblem } from "../lib/protocol/problem.ts";

/** The API's answer, or its problem's words as an error. */
export async function api<T>(method: "GET" | "POST", path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
  if (response.status === 401) window.location.assign("/signin/form");
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const problem = answer as HttpProblem | null;
  throw new Error(problem?.detail ?? `The server answered ${response.status}`);
}

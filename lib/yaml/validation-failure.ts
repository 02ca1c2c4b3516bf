import type { Problem } from "../problem.ts";

/**
 * Why a file is no schedule, in the words that scripts and people look for in a log, where a message stands without the
 * problem's other fields. A file that is empty or too complex has not failed a validation.
 */
export function validationFailure(problem: Problem): Problem {
  if (problem.code !== "yaml_syntax" && problem.code !== "no_tasks") return problem;
  const { message, line, column } = problem;
  const place = line === undefined || column === undefined ? "" : ` at line ${line}, column ${column}`;
  return { ...problem, message: `YAML validation failed${place}: ${message}` };
}

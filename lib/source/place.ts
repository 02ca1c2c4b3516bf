import { isCollection, isPair, isScalar, type LineCounter, type Node } from "yaml";

/** A place in a file: line and column from 1, as editors count. */
export interface Place {
  line?: number;
  column?: number;
}

/** A problem in a list of sources: what, where, and what to do. */
export interface SourceProblem extends Place {
  message: string;
  /** Only the file that this names is left out; all the others of the list count. */
  left_out?: true;
}

export function placeOf(node: unknown, lines: LineCounter): Place {
  const range =
    (isScalar(node) || isCollection(node)
      ? (node as Node).range
      : isPair(node)
        ? (node.key as Node).range
        : undefined) ?? undefined;
  if (!range) return {};
  const { line, col } = lines.linePos(range[0]);
  return { line, column: col };
}

/** The problem in one line for a terminal. */
export function problemLine(path: string, { message, line, column }: SourceProblem): string {
  return `${path}${line === undefined ? "" : `:${line}:${column ?? 1}`} ${message}`;
}

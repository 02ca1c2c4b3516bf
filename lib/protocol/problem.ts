import { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "../errors.ts";
import { PROBLEM_CODES } from "../problem.ts";

/** A non-fatal failure of one item of a sync, or of the file as a whole. */
export const problemSchema = z
  .object({
    code: z.enum(PROBLEM_CODES),
    message: z.string(),
    line: z.int().min(1).optional().describe("1-based"),
    column: z.int().min(1).optional().describe("1-based"),
    task_id: z.string().optional(),
    source: z.string().optional().describe("Set when the list holds problems of several sources"),
  })
  .meta({ id: "Problem" });
export type ProblemJson = z.infer<typeof problemSchema>;

/** An error as HTTP answers it: RFC 9457 with a stable `code`. */
export const httpProblemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "HttpProblem", description: "RFC 9457 problem; further members may give details" });
export type HttpProblem = z.infer<typeof httpProblemSchema>;

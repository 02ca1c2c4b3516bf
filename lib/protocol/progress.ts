import { z } from "zod";

export const progressSchema = z
  .object({ done: z.int().min(0), total: z.int().min(0) })
  .meta({ id: "Progress" });
export type Progress = z.infer<typeof progressSchema>;

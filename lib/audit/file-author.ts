import { z } from "zod";

const person = z.object({ name: z.string(), email: z.string() });
const onDisk = { modified_at: z.string().nullable(), owner: z.string().nullable() };

/**
 * Who edited the file, as far as anybody can tell: the last commit where the file is as committed, else
 * the file's owner. `unversioned`: it is in no git work tree, or in one that is not ours to ask.
 */
export const fileAuthorSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("committed"),
    commit: z.string(),
    author: person,
    committer: person,
    committed_at: z.string(),
    subject: z.string(),
  }),
  z.object({ state: z.literal("uncommitted"), ...onDisk }),
  z.object({ state: z.literal("unversioned"), ...onDisk }),
]);
export type FileAuthor = z.infer<typeof fileAuthorSchema>;

import { z } from "zod";

const person = z.object({ name: z.string(), email: z.string() });
const onDisk = { modified_at: z.string().nullable(), owner: z.string().nullable() };

/**
 * Who edited the file. `committed`: the last commit, when the file is as committed. `uncommitted`: only the
 * file's owner is known. `unversioned`: the file is in no git work tree, or in one that this process may not
 * ask. `elsewhere`: it is no file but another system, which does not say.
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
  z.object({ state: z.literal("elsewhere"), modified_at: z.string().nullable(), place: z.string() }),
]);
export type FileAuthor = z.infer<typeof fileAuthorSchema>;

import { Bot, Database, FilePen, Globe, KeyRound, type LucideIcon, User } from "lucide-react";
import { type FileAuthor, fileAuthorSchema } from "../../lib/audit/file-author.ts";
import type { AuditEntry } from "../../lib/protocol/audit.ts";
import type { SideNames } from "../../lib/source/side-names.ts";

export interface ActorWords {
  name: string;
  /** How the actor signed in or connected, unless the name says it. */
  by: string | null;
  icon: LucideIcon;
}

const PARTS: Record<string, string> = {
  lockstep: "Lockstep",
  retention: "Retention",
  startup: "Lockstep",
  schedule: "Lockstep",
  anonymous: "Not signed in",
};

/**
 * The name of the actor: a person, a script, the author of the file, or Lockstep itself.
 * @param names of the entry's source.
 */
export function actorInWords(entry: Pick<AuditEntry, "actor" | "detail">, names: SideNames): ActorWords {
  const { actor } = entry;
  const rest = actor.slice(actor.indexOf(":") + 1);
  if (actor.startsWith("user:")) return { name: rest, by: null, icon: User };
  if (actor.startsWith("token:")) return { name: rest, by: "token", icon: KeyRound };
  if (actor.startsWith("sql:")) return { name: rest, by: "SQL", icon: Database };
  if (actor === "file") return fileEditor(authorOf(entry), names);
  return { name: PARTS[actor] ?? actor, by: null, icon: Bot };
}

/** What is known about the person who edited the file. */
export function authorOf({ actor, detail }: Pick<AuditEntry, "actor" | "detail">): FileAuthor | null {
  return actor === "file" ? (fileAuthorSchema.safeParse(detail).data ?? null) : null;
}

function fileEditor(author: FileAuthor | null, { side, isFile }: SideNames): ActorWords {
  if (author?.state === "elsewhere")
    return { name: "An unknown author", by: hostOf(author.place), icon: Globe };
  const name = author?.state === "committed" ? author.author.name : "An unknown author";
  return { name, by: side, icon: isFile ? FilePen : Globe };
}

function hostOf(place: string): string {
  return URL.canParse(place) ? new URL(place).host : place;
}

/** How certain it is who edited the file, in a sentence. */
export function authorInWords(author: FileAuthor): string {
  if (author.state === "committed") {
    const { commit, author: by, committer, subject } = author;
    const other = committer.name === by.name ? "" : `, committed by ${committer.name}`;
    return `Commit ${commit.slice(0, 8)} “${subject}” by ${by.name} <${by.email}>${other}`;
  }
  if (author.state === "elsewhere") return `An edit at ${author.place}, which does not say whose`;
  const owner = author.owner === null ? "" : `; the file belongs to ${author.owner}`;
  return author.state === "uncommitted"
    ? `An edit that was not committed${owner}`
    : `The file is in no git work tree${owner}`;
}

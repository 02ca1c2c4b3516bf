import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { FileAuthor } from "../../lib/audit/file-author.ts";
import { askGit } from "./git.ts";

const FORMAT = ["%H", "%an", "%ae", "%cn", "%ce", "%cI", "%s"].join("%x00");
const LONGEST_SUBJECT = 200;

/**
 * Who edited the file: the last commit's author when the file's bytes are as committed, otherwise what the
 * file system knows. It never throws. A repository that git does not trust counts as none.
 */
export async function fileAuthor(realPath: string, bytes: Buffer): Promise<FileAuthor> {
  const [folder, name] = [dirname(realPath), basename(realPath)];
  const head = await askGit(folder, ["rev-parse", "--is-inside-work-tree", `HEAD:./${name}`]);
  const [inside, blob = ""] = head.out.split("\n");
  if (inside !== "true") return { state: "unversioned", ...(await ownerOf(realPath)) };
  const commit = head.ok && isBlob(blob, bytes) ? await lastCommit(folder, name) : null;
  return commit ?? { state: "uncommitted", ...(await ownerOf(realPath)) };
}

async function lastCommit(folder: string, name: string): Promise<FileAuthor | null> {
  const { ok, out } = await askGit(folder, ["log", "-1", `--format=${FORMAT}`, "HEAD", "--", name]);
  const [commit, author, email, committer, committerEmail, at, subject] = out.trimEnd().split("\0");
  if (
    !ok ||
    !commit ||
    author === undefined ||
    email === undefined ||
    committer === undefined ||
    committerEmail === undefined ||
    !at
  )
    return null;
  return {
    state: "committed",
    commit,
    author: { name: author, email },
    committer: { name: committer, email: committerEmail },
    committed_at: new Date(at).toISOString(),
    subject: (subject ?? "").slice(0, LONGEST_SUBJECT),
  };
}

/**
 * Whether git would give the bytes this hash. With `core.autocrlf` git commits the lines without carriage
 * returns.
 */
function isBlob(blob: string, bytes: Buffer): boolean {
  const hash = (content: Buffer) =>
    createHash(blob.length === 64 ? "sha256" : "sha1")
      .update(`blob ${content.length}\0`)
      .update(content)
      .digest("hex");
  return (
    hash(bytes) === blob ||
    (bytes.includes("\r\n") &&
      hash(Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")) === blob)
  );
}

async function ownerOf(path: string): Promise<{ modified_at: string | null; owner: string | null }> {
  try {
    const { mtime, uid } = await stat(path);
    return { modified_at: mtime.toISOString(), owner: await userName(uid) };
  } catch {
    return { modified_at: null, owner: null };
  }
}

async function userName(uid: number): Promise<string> {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const line = users.split("\n").find((user) => user.split(":")[2] === String(uid));
  return line?.split(":")[0] ?? `uid ${uid}`;
}

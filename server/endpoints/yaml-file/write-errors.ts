/** The file was not the one that was read: nothing of ours is in it, reconcile again. */
export class FileChanged extends Error {
  override readonly name = "FileChanged";
}

/** The file cannot be written now (locked, read-only, disk full); it is as it was. */
export class FileUnwritable extends Error {
  override readonly name = "FileUnwritable";
}

export function describeFailure(code: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `permission denied (${code})`;
    case "EROFS":
      return "the file system is read-only (EROFS)";
    case "ENOSPC":
    case "EDQUOT":
      return `no space left (${code})`;
    default:
      return code;
  }
}

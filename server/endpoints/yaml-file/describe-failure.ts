/** A file system's error code, in words. */
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

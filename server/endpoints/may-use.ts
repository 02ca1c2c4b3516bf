/** Whether a file may be read and written; its path has its symbolic links followed. */
export type MayUse = (realPath: string) => boolean | Promise<boolean>;

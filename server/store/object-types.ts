/** An object as a pull found it. */
export interface FoundObject {
  key: string;
  parent: string | null;
  /** Canonical JSON. */
  text: string;
  fingerprint: string;
  updatedAt: string | null;
}

export interface StoredFingerprint {
  fingerprint: string;
  parent: string | null;
  deleted: boolean;
}

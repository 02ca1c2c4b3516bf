"use client";

import { BulkNotice } from "../bulk/bulk-notice.tsx";
import { FirstStepsHost } from "../help/first-steps-host.tsx";
import { UndoHost } from "../undo/undo-host.tsx";

/** What every page has, but no page needs in order to be read. None of them listens for events, which it would miss. */
export function LateParts() {
  return (
    <>
      <UndoHost />
      <FirstStepsHost />
      <BulkNotice />
    </>
  );
}

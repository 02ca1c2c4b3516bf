"use client";

import { BulkNotice } from "../bulk/bulk-notice.tsx";
import { FirstStepsHost } from "../help/first-steps-host.tsx";
import { UndoHost } from "../undo/undo-host.tsx";

/** What every page has, but no page needs in order to be read. What has to hear every event, such as that of a conflict, is not among them. */
export function LateParts() {
  return (
    <>
      <UndoHost />
      <FirstStepsHost />
      <BulkNotice />
    </>
  );
}

"use client";

import { type ComponentProps, useState } from "react";
import { FoldButton } from "./fold-button.tsx";
import { isLong } from "./long-value.ts";
import { MarkedValue } from "./marked-value.tsx";

/** A value, of which only the beginning shows while it is long and folded. */
export function FoldedValue(props: Omit<ComponentProps<typeof MarkedValue>, "isFolded">) {
  const [open, setOpen] = useState(false);
  if (!isLong(props.value)) return <MarkedValue {...props} />;
  return (
    <>
      <MarkedValue {...props} isFolded={!open} />
      <FoldButton value={props.value} open={open} onOpen={setOpen} />
    </>
  );
}

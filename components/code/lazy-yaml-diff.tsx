"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "../ui/skeleton.tsx";

/** The diff view, loaded when it is first shown, because it contains a whole editor. */
export const LazyYamlDiff = dynamic(() => import("./yaml-diff.tsx"), {
  ssr: false,
  loading: () => <SkeletonRows rows={4} label="Loading the text" />,
});

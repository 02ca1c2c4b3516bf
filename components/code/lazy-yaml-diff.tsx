"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "../ui/skeleton.tsx";

/** The diff view, fetched when one is first shown: it brings an editor with it. */
export const LazyYamlDiff = dynamic(() => import("./yaml-diff.tsx"), {
  ssr: false,
  loading: () => <SkeletonRows rows={4} label="Loading the text" />,
});

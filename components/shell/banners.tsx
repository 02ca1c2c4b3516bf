"use client";

import { HaltBanner } from "./halt-banner.tsx";
import { OlderFileBanner } from "./older-file-banner.tsx";
import { UnreadableBanner } from "./unreadable-banner.tsx";

/** What a person has to know on every page: an unreadable file, a halted run, an older file that came back. */
export function Banners() {
  return (
    <>
      <UnreadableBanner />
      <HaltBanner />
      <OlderFileBanner />
    </>
  );
}

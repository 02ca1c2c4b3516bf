"use client";

import { ThemeProvider as Provider } from "next-themes";
import type { ReactNode } from "react";

export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <Provider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey="lockstep-theme"
      {...(nonce === undefined ? {} : { nonce })}
    >
      {children}
    </Provider>
  );
}

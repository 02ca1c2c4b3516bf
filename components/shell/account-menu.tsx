"use client";

import { ChevronsUpDown, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { ApiError, call } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { toast } from "../ui/toast.ts";
import { useActor } from "./actor-context.tsx";
import { usePlaces } from "./use-places.ts";

const THEMES = [
  {
    value: "system",
    label: (
      <>
        <Monitor aria-hidden /> As the system
      </>
    ),
  },
  {
    value: "light",
    label: (
      <>
        <Sun aria-hidden /> Light
      </>
    ),
  },
  {
    value: "dark",
    label: (
      <>
        <Moon aria-hidden /> Dark
      </>
    ),
  },
];

async function signOut(): Promise<void> {
  try {
    await call("POST /api/auth/sign-out");
  } catch (error) {
    // A 401 means that the session has ended already, which is what the person wants.
    if (!(error instanceof ApiError) || error.status !== 401) {
      toast.error(error instanceof Error ? error.message : "Signing out failed.");
      return;
    }
  }
  window.location.assign("/signin");
}

/** A menu with the signed-in user, the theme, and a button to sign out. */
export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const actor = useActor();
  const { theme, setTheme } = useTheme();
  const router = useRouter();
  const places = usePlaces();
  const initial = actor.name.replace(/^\w+:/, "").charAt(0).toUpperCase();
  return (
    <>
      <DropdownMenu
        align="start"
        trigger={
          <Button
            look="ghost"
            size={compact ? "icon" : "medium"}
            aria-label={`Account: ${actor.name.replace(/^\w+:/, "")}, ${actor.role}`}
            className={compact ? "" : "w-full !px-1.5"}
          >
            <span
              aria-hidden
              className="bg-accent-soft text-accent-text flex size-6 items-center justify-center rounded-full text-xs font-semibold"
            >
              {initial}
            </span>
            {!compact && (
              <>
                <span className="min-w-0 flex-1 truncate text-left">{actor.name.replace(/^\w+:/, "")}</span>
                <ChevronsUpDown className="text-muted !size-3.5" aria-hidden />
              </>
            )}
          </Button>
        }
      >
        <MenuLabel>
          {actor.name.replace(/^\w+:/, "")} · {actor.role}
        </MenuLabel>
        <MenuSeparator />
        {/* On a phone the only way there. */}
        {places
          .filter((place) => place.aside === true && (compact || place.href === "/settings"))
          .map(({ href, name, icon: Icon }) => (
            <MenuItem key={href} onSelect={() => router.push(href)}>
              <Icon aria-hidden /> {name}
            </MenuItem>
          ))}
        <MenuSeparator />
        <MenuLabel>Theme</MenuLabel>
        <MenuRadioGroup value={theme ?? "system"} onValueChange={setTheme} options={THEMES} />
        <MenuSeparator />
        <MenuItem onSelect={() => void signOut()}>
          <LogOut aria-hidden /> Sign out
        </MenuItem>
      </DropdownMenu>
    </>
  );
}

"use client";

import { Ellipsis, KeyRound, LogOut, Monitor, UserCheck, UserX } from "lucide-react";
import { Link } from "../ui/link.tsx";
import { useState } from "react";
import type { UserJson } from "../../lib/protocol/access.ts";
import { useActor } from "../shell/actor-context.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";
import { Confirm } from "./confirm.tsx";
import { ROLE_OPTIONS } from "./role-words.ts";
import { Row, Rows, Section } from "./section.tsx";
import { Sessions } from "./sessions.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useChangeUser, useEndSessionsOf, useResetLink, useSessionsOf, useUsers } from "./use-access.ts";

type Asked =
  | { user: UserJson; what: "disable" | "sessions" }
  | { user: UserJson; what: "link"; link: string };

/** The users and their roles. */
export function UsersPage() {
  const { data, error, isPending, refetch } = useUsers();
  const change = useChangeUser();
  const reset = useResetLink();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <Section
      title="Users"
      lead="Changes take effect at once, even on pages that the user has open."
      aside={
        <Link href="/settings/invitations" className={buttonClass("primary")}>
          Invite a user
        </Link>
      }
    >
      {isPending ? (
        <SkeletonRows label="Loading the users" />
      ) : !data ? (
        <ErrorState title="The users could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <Rows label="Users">
          {data.users.map((user) => (
            <UserRow
              key={user.id}
              user={user}
              onRole={(role) =>
                change.mutate({ id: user.id, patch: { role } }, () =>
                  toast.success(`${user.email} is ${role} now`),
                )
              }
              onEnable={() => change.mutate({ id: user.id, patch: { disabled: false } })}
              onDisable={() => setAsked({ user, what: "disable" })}
              onSessions={() => setAsked({ user, what: "sessions" })}
              onReset={() => reset.mutate(user.id, ({ link }) => setAsked({ user, what: "link", link }))}
            />
          ))}
        </Rows>
      )}
      {asked?.what === "disable" && (
        <Confirm
          title={`Disable ${asked.user.email}?`}
          action="Disable"
          onConfirm={() => change.mutate({ id: asked.user.id, patch: { disabled: true } })}
          onClose={close}
        >
          All their sessions end at once and they cannot sign in. What they did stays in the history. You can
          enable them again.
        </Confirm>
      )}
      {asked?.what === "sessions" && <SessionsDialog user={asked.user} onClose={close} />}
      {asked?.what === "link" && (
        <ShownOnce
          title={`A new password for ${asked.user.email}`}
          what="Send them this link"
          value={asked.link}
          onClose={close}
        >
          <p className="text-muted text-sm">
            The person who opens it chooses a new password for this account. It works once.
          </p>
        </ShownOnce>
      )}
    </Section>
  );
}

interface RowProps {
  user: UserJson;
  onRole(role: UserJson["role"]): void;
  onEnable(): void;
  onDisable(): void;
  onSessions(): void;
  onReset(): void;
}

function UserRow({ user, onRole, onEnable, onDisable, onSessions, onReset }: RowProps) {
  const self = useActor().id === user.id;
  return (
    <Row
      name={
        <>
          {user.name}
          {self && <Badge tone="accent">You</Badge>}
          {user.disabled && <Badge tone="bad">Disabled</Badge>}
        </>
      }
      aside={
        <>
          <Select
            size="small"
            label={`Role of ${user.email}`}
            value={user.role}
            onValueChange={onRole}
            options={ROLE_OPTIONS}
            className="w-24"
          />
          <DropdownMenu
            trigger={
              <Button look="ghost" size="icon-small" aria-label={`More about ${user.email}`}>
                <Ellipsis />
              </Button>
            }
          >
            <MenuItem onSelect={onSessions}>
              <Monitor aria-hidden /> Sessions…
            </MenuItem>
            <MenuItem onSelect={onReset} disabled={user.disabled}>
              <KeyRound aria-hidden /> Link for a new password…
            </MenuItem>
            <MenuSeparator />
            {user.disabled ? (
              <MenuItem onSelect={onEnable}>
                <UserCheck aria-hidden /> Enable
              </MenuItem>
            ) : (
              <MenuItem danger onSelect={onDisable}>
                <UserX aria-hidden /> Disable…
              </MenuItem>
            )}
          </DropdownMenu>
        </>
      }
    >
      {user.email} ·{" "}
      {user.last_signed_in_at === null ? (
        "never signed in"
      ) : (
        <>
          signed in <Time at={user.last_signed_in_at} />
        </>
      )}
    </Row>
  );
}

function SessionsDialog({ user, onClose }: { user: UserJson; onClose(): void }) {
  const { data, error, isPending } = useSessionsOf(user.id);
  const end = useEndSessionsOf();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Sessions of ${user.email}`}
      footer={
        <Button
          look="danger"
          disabled={end.isPending || (data?.sessions.length ?? 0) === 0}
          onClick={() => end.mutate(user.id)}
        >
          <LogOut aria-hidden /> End all of them
        </Button>
      }
    >
      {isPending ? (
        <SkeletonRows label="Loading the sessions" rows={2} />
      ) : data ? (
        <Sessions sessions={data.sessions} />
      ) : (
        <ErrorState title="The sessions could not be loaded" error={error} />
      )}
    </Dialog>
  );
}

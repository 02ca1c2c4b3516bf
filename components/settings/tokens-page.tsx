"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { TokenJson } from "../../lib/protocol/access.ts";
import type { Role } from "../../lib/protocol/actor.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Field, Input } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useNow } from "../ui/page-clock.ts";
import { Time } from "../ui/time.tsx";
import { Confirm } from "./confirm.tsx";
import { RoleField } from "./role-field.tsx";
import { ROLE } from "./role-words.ts";
import { Row, Rows, Section } from "./section.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { Copyable, ShownOnce } from "./shown-once.tsx";
import { useMakeToken, useRevoke, useTokens } from "./use-access.ts";

const EXPIRY = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "never", label: "Never" },
] as const;
type Expiry = (typeof EXPIRY)[number]["value"];

/** Makes, lists and revokes the tokens with which scripts use the API. */
export function TokensPage() {
  return (
    <>
      <Section
        title="New token"
        lead="Tokens are for scripts. Pick the smallest role that is enough; history and audit show the token’s name."
      >
        <TokenForm />
      </Section>
      <Section title="Tokens">
        <TokenList />
      </Section>
    </>
  );
}

function TokenForm() {
  const make = useMakeToken();
  const [role, setRole] = useState<Role>("viewer");
  const [expiry, setExpiry] = useState<Expiry>("90");
  const [made, setMade] = useState<{ token: TokenJson; secret: string } | null>(null);
  const submit = async ({ name = "" }: Record<string, string>) => {
    const expires_in_days = expiry === "never" ? null : Number(expiry);
    setMade(await make.mutateAsync({ name, role, expires_in_days }));
  };
  return (
    <>
      <SettingsForm submit="Make the token" inline onSubmit={submit}>
        {(errors) => (
          <>
            <div className="w-full sm:w-56">
              <Field label="Name" error={errors["name"]}>
                {(control) => (
                  <Input
                    {...control}
                    name="name"
                    placeholder="deploy"
                    autoComplete="off"
                    required
                    maxLength={32}
                  />
                )}
              </Field>
            </div>
            <RoleField role={role} error={errors["role"]} onRole={setRole} />
            <Field label="Ends after" error={errors["expires_in_days"]}>
              {({ id }) => (
                <Select
                  id={id}
                  value={expiry}
                  onValueChange={(next) => setExpiry(next)}
                  options={EXPIRY}
                  className="w-28"
                />
              )}
            </Field>
            <p className="text-muted order-last basis-full text-xs">{ROLE[role]}</p>
          </>
        )}
      </SettingsForm>
      {made && (
        <ShownOnce
          title={`The token ${made.token.name}`}
          what="Token"
          value={made.secret}
          onClose={() => setMade(null)}
        >
          <Copyable
            label="For example"
            value={`curl -H "Authorization: Bearer ${made.secret}" ${window.location.origin}/api/tasks`}
          />
        </ShownOnce>
      )}
    </>
  );
}

function TokenList() {
  const { data, error, isPending, refetch } = useTokens();
  const revoke = useRevoke();
  const [revoking, setRevoking] = useState<TokenJson | null>(null);
  if (isPending) return <SkeletonRows label="Loading the tokens" rows={2} />;
  if (!data)
    return <ErrorState title="The tokens could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (data.tokens.length === 0) return <EmptyState icon={KeyRound} title="No tokens yet" />;
  return (
    <>
      <Rows label="Tokens">
        {data.tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
        ))}
      </Rows>
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}?`}
          action="Revoke"
          onConfirm={() => revoke.mutate(revoking.id)}
          onClose={() => setRevoking(null)}
        >
          Scripts that use it stop working at once. This cannot be undone.
        </Confirm>
      )}
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: TokenJson; onRevoke(): void }) {
  const now = useNow();
  const { name, role, start, created_by, created_at, expires_at, last_used_at, revoked_at } = token;
  const expired = expires_at !== null && now !== 0 && Date.parse(expires_at) <= now;
  const over = revoked_at !== null || expired;
  return (
    <Row
      name={
        <>
          <span className={over ? "text-muted line-through" : undefined}>{name}</span> <Badge>{role}</Badge>
          {revoked_at !== null ? (
            <Badge tone="bad">Revoked</Badge>
          ) : expired ? (
            <Badge tone="warn">Expired</Badge>
          ) : null}
          <code className="text-muted font-mono text-xs font-normal">{start}…</code>
        </>
      }
      aside={
        over ? undefined : (
          <Button size="small" onClick={onRevoke} aria-label={`Revoke ${name}`}>
            Revoke…
          </Button>
        )
      }
    >
      made <Time at={created_at} /> by {created_by.replace(/^\w+:/, "")} ·{" "}
      {last_used_at === null ? (
        "never used"
      ) : (
        <>
          used <Time at={last_used_at} />
        </>
      )}{" "}
      ·{" "}
      {revoked_at !== null ? (
        <>
          revoked <Time at={revoked_at} />
        </>
      ) : expires_at === null ? (
        "never ends"
      ) : (
        <>
          ends <Time at={expires_at} />
        </>
      )}
    </Row>
  );
}

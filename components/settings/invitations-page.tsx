"use client";

import { MailPlus } from "lucide-react";
import { useState } from "react";
import type { InvitationJson } from "../../lib/protocol/access.ts";
import type { Role } from "../../lib/protocol/actor.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Field, Input } from "../ui/field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { RoleField } from "./role-field.tsx";
import { ROLE } from "./role-words.ts";
import { Row, Rows, Section } from "./section.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useInvitations, useInvite, useWithdraw } from "./use-access.ts";

/** Makes links that invite people, which the admin passes on, and lists the open invitations. */
export function InvitationsPage() {
  return (
    <>
      <Section title="Invite a user" lead="They choose their own password; the link works once.">
        <InviteForm />
      </Section>
      <Section title="Open invitations" lead="These links have not been used yet.">
        <OpenInvitations />
      </Section>
    </>
  );
}

function InviteForm() {
  const invite = useInvite();
  const [role, setRole] = useState<Role>("viewer");
  const [made, setMade] = useState<{ invitation: InvitationJson; link: string } | null>(null);
  return (
    <>
      <SettingsForm
        submit="Make the link"
        inline
        onSubmit={async ({ email = "" }) => setMade(await invite.mutateAsync({ email, role }))}
      >
        {(errors) => (
          <>
            <div className="w-full sm:w-72">
              <Field label="Email" error={errors["email"]}>
                {(control) => (
                  <Input {...control} name="email" type="email" autoComplete="off" required maxLength={254} />
                )}
              </Field>
            </div>
            <RoleField role={role} error={errors["role"]} onRole={setRole} />
            <p className="text-muted order-last basis-full text-xs">{ROLE[role]}</p>
          </>
        )}
      </SettingsForm>
      {made && (
        <ShownOnce
          title={`${made.invitation.email} is invited`}
          what="Send them this link"
          value={made.link}
          onClose={() => setMade(null)}
        >
          <p className="text-muted text-sm">
            A person who opens it joins as {made.invitation.role}. It works once and ends{" "}
            <Time at={made.invitation.expires_at} show="both" />.
          </p>
        </ShownOnce>
      )}
    </>
  );
}

function OpenInvitations() {
  const { data, error, isPending, refetch } = useInvitations();
  const withdraw = useWithdraw();
  if (isPending) return <SkeletonRows label="Loading the invitations" rows={2} />;
  if (!data)
    return (
      <ErrorState title="The invitations could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  if (data.invitations.length === 0) return <EmptyState icon={MailPlus} title="No open invitations" />;
  return (
    <Rows label="Invitations">
      {data.invitations.map(({ id, email, role, created_at, invited_by, expires_at }) => (
        <Row
          key={id}
          name={
            <>
              {email} <Badge>{role}</Badge>
            </>
          }
          aside={
            <Button
              size="small"
              disabled={withdraw.isPending}
              onClick={() => withdraw.mutate(id)}
              aria-label={`Withdraw the invitation of ${email}`}
            >
              Withdraw
            </Button>
          }
        >
          invited <Time at={created_at} /> by {invited_by.replace(/^\w+:/, "")}, ends <Time at={expires_at} />
        </Row>
      ))}
    </Rows>
  );
}

import type { Metadata } from "next";
import { AccessPage } from "../../components/access/access-page.tsx";
import { GoneLink } from "../../components/access/gone-link.tsx";
import { NewPasswordForm } from "../../components/access/new-password-form.tsx";
import type { Role } from "../../lib/protocol/actor.ts";
import { linkSubject } from "../../server/queries/access.ts";

export const metadata: Metadata = { title: "Invitation" };

const MAY: Record<Role, string> = {
  viewer: "As a viewer you see everything and change nothing.",
  editor: "As an editor you change tasks and start syncs.",
  admin: "As an admin you may do everything, also resolve conflicts and manage users.",
};

export default async function InvitePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  const { token } = await searchParams;
  const subject = typeof token === "string" ? await linkSubject("invitation", token) : null;
  if (typeof token !== "string" || !subject) {
    return (
      <GoneLink>
        The invitation was used, withdrawn or has expired. Ask the person who sent it for a new one.
      </GoneLink>
    );
  }
  return (
    <AccessPage title="You are invited to Lockstep" lead={MAY[subject.role]}>
      <NewPasswordForm kind="invite" token={token} email={subject.email} />
    </AccessPage>
  );
}

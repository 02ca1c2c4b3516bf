import type { Metadata } from "next";
import { AccessPage } from "../../components/access/access-page.tsx";
import { GoneLink } from "../../components/access/gone-link.tsx";
import { NewPasswordForm } from "../../components/access/new-password-form.tsx";
import { linkSubject } from "../../server/queries/access.ts";

export const metadata: Metadata = { title: "New password" };

export default async function ResetPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  const { token } = await searchParams;
  const subject = typeof token === "string" ? await linkSubject("reset", token) : null;
  if (typeof token !== "string" || !subject)
    return <GoneLink>The link was used or has expired. Ask an admin for a new one.</GoneLink>;
  return (
    <AccessPage
      title="Set a new password"
      lead="You are signed in with it at once, and signed out everywhere else."
    >
      <NewPasswordForm kind="reset" token={token} email={subject.email} />
    </AccessPage>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccessPage } from "../../components/access/access-page.tsx";
import { SignInForm } from "../../components/access/sign-in-form.tsx";
import { nextPath } from "../../lib/protocol/next-path.ts";
import { isSetUp } from "../../server/queries/access.ts";
import { pageActor } from "../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  const next = nextPath((await searchParams)["next"]);
  if (await pageActor()) redirect(next);
  if (!(await isSetUp())) {
    return (
      <AccessPage
        title="There are no users yet"
        lead="The server’s terminal shows a link that makes the first admin. It works once, for an hour; a restart shows a new one."
      />
    );
  }
  return (
    <AccessPage
      title="Sign in to Lockstep"
      lead="Your YAML schedule and your database, kept in step."
      foot="No account, or forgot your password? Ask an admin for a link."
    >
      <SignInForm next={next} />
    </AccessPage>
  );
}

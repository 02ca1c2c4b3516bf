import type { Metadata } from "next";
import { Link } from "../components/ui/link.tsx";
import { AccessPage } from "../components/access/access-page.tsx";
import { buttonClass } from "../components/ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

/** Shown for an address that does not exist, signed in or not. */
export default function NotFound() {
  return (
    <AccessPage title="There is no such page" lead="The address may have a typo, or what it showed is gone.">
      <Link href="/" className={buttonClass("primary", "medium", "h-9 w-full justify-center")}>
        Go to the tasks
      </Link>
    </AccessPage>
  );
}

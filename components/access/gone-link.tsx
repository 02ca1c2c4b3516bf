import { Link } from "../ui/link.tsx";
import { buttonClass } from "../ui/button.tsx";
import { AccessPage } from "./access-page.tsx";

/** A one-time link that no longer works: why, and where to go. */
export function GoneLink({ children }: { children: string }) {
  return (
    <AccessPage title="This link no longer works" lead={children}>
      <Link href="/signin" className={buttonClass("primary", "medium", "h-9 w-full justify-center")}>
        Sign in
      </Link>
    </AccessPage>
  );
}

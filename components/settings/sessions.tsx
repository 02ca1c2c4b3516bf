"use client";

import { Monitor } from "lucide-react";
import type { ReactNode } from "react";
import type { SessionJson } from "../../lib/protocol/access.ts";
import { Badge } from "../ui/badge.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Time } from "../ui/time.tsx";
import { browserInWords } from "./browser-words.ts";
import { Row, Rows } from "./section.tsx";

/** The browsers in which a user is signed in. */
export function Sessions({
  sessions,
  aside,
}: {
  sessions: readonly SessionJson[];
  aside?: (session: SessionJson) => ReactNode;
}) {
  if (sessions.length === 0) return <EmptyState icon={Monitor} title="Signed in nowhere" />;
  return (
    <Rows label="Sessions">
      {sessions.map((session) => (
        <Row
          key={session.id}
          name={
            <>
              <span title={session.user_agent ?? undefined}>{browserInWords(session.user_agent)}</span>
              {session.current && <Badge tone="ok">This one</Badge>}
            </>
          }
          aside={aside?.(session)}
        >
          {session.from !== null && <>from {session.from}, </>}since <Time at={session.created_at} />, ends{" "}
          <Time at={session.expires_at} />
        </Row>
      ))}
    </Rows>
  );
}

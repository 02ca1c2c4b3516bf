import type { Role } from "../../../lib/protocol/actor.ts";
import type { Queryable } from "../pool.ts";

export interface StoredTicket {
  grant_kind: "session" | "token" | null;
  grant_id: string | null;
  role: Role;
  grant_expires: Date | null;
}

/** Stores a ticket, and deletes those that are out of date. PostgreSQL's clock counts, which all processes share. */
export async function insertTicket(
  db: Queryable,
  ticketHash: string,
  seconds: number,
  ticket: StoredTicket,
): Promise<void> {
  await db.query("DELETE FROM event_tickets WHERE expires_at <= clock_timestamp()");
  await db.query(
    `INSERT INTO event_tickets (ticket_hash, grant_kind, grant_id, role, grant_expires, expires_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))`,
    [ticketHash, ticket.grant_kind, ticket.grant_id, ticket.role, ticket.grant_expires, seconds],
  );
}

/** Takes the ticket, so that no other request gets it; undefined when there is none, or it is too old. */
export async function takeTicket(db: Queryable, ticketHash: string): Promise<StoredTicket | undefined> {
  const { rows } = await db.query<StoredTicket & { fresh: boolean }>(
    `DELETE FROM event_tickets WHERE ticket_hash = $1
     RETURNING grant_kind, grant_id, role, grant_expires, expires_at > clock_timestamp() AS fresh`,
    [ticketHash],
  );
  const [row] = rows;
  return row?.fresh ? row : undefined;
}

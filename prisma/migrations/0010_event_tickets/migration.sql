-- One-time tickets that open the plain WebSocket. Only the ticket's hash is kept, and the row goes when it is used.
CREATE TABLE event_tickets (
  ticket_hash   text PRIMARY KEY,
  -- The session or token with which it was made; NULL for a token of the environment, which cannot be revoked.
  grant_kind    text CHECK (grant_kind IN ('session', 'token')),
  grant_id      text,
  role          text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
  grant_expires timestamptz(3),
  expires_at    timestamptz(3) NOT NULL
);
REVOKE ALL ON event_tickets FROM PUBLIC;

-- Who gets in. The first five are better-auth's (its core, admin and API key plugins), under names of ours.
CREATE TABLE access_users (
  id                text PRIMARY KEY,
  name              text NOT NULL,
  email             text NOT NULL UNIQUE,
  email_verified    boolean NOT NULL DEFAULT false,
  image             text,
  role              text NOT NULL DEFAULT 'viewer' CHECK (role IN ('viewer', 'editor', 'admin')),
  -- Disabled, in the library's word.
  banned            boolean NOT NULL DEFAULT false,
  ban_reason        text,
  ban_expires       timestamptz(3),
  last_signed_in_at timestamptz(3),
  created_at        timestamptz(3) NOT NULL DEFAULT now(),
  updated_at        timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE access_accounts (
  id                       text PRIMARY KEY,
  account_id               text NOT NULL,
  provider_id              text NOT NULL,
  user_id                  text NOT NULL REFERENCES access_users (id) ON DELETE CASCADE,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope                    text,
  -- scrypt, salted.
  password                 text,
  created_at               timestamptz(3) NOT NULL DEFAULT now(),
  updated_at               timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX access_accounts_by_user ON access_accounts (user_id);

-- The token is worth nothing by itself: the cookie carries it signed with AUTH_SECRET.
CREATE TABLE access_sessions (
  id              text PRIMARY KEY,
  expires_at      timestamptz(3) NOT NULL,
  token           text NOT NULL UNIQUE,
  ip_address      text,
  user_agent      text,
  user_id         text NOT NULL REFERENCES access_users (id) ON DELETE CASCADE,
  impersonated_by text,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX access_sessions_by_user ON access_sessions (user_id);

CREATE TABLE access_verifications (
  id         text PRIMARY KEY,
  identifier text NOT NULL,
  value      text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX access_verifications_by_identifier ON access_verifications (identifier);

-- API tokens; `key` is the SHA-256 of the secret, `permissions` holds the role.
CREATE TABLE access_tokens (
  id                     text PRIMARY KEY,
  config_id              text NOT NULL DEFAULT 'default',
  name                   text,
  start                  text,
  reference_id           text NOT NULL,
  prefix                 text,
  key                    text NOT NULL UNIQUE,
  refill_interval        integer,
  refill_amount          integer,
  last_refill_at         timestamptz(3),
  enabled                boolean NOT NULL DEFAULT true,
  rate_limit_enabled     boolean NOT NULL DEFAULT false,
  rate_limit_time_window integer,
  rate_limit_max         integer,
  request_count          integer NOT NULL DEFAULT 0,
  remaining              integer,
  last_request           timestamptz(3),
  expires_at             timestamptz(3),
  created_at             timestamptz(3) NOT NULL DEFAULT now(),
  updated_at             timestamptz(3) NOT NULL DEFAULT now(),
  permissions            text,
  metadata               text,
  created_by             text,
  revoked_at             timestamptz(3)
);

-- One-time links: the first admin's set-up, invitations, password resets. Only the token's hash is kept.
CREATE TABLE access_links (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind       text NOT NULL CHECK (kind IN ('setup', 'invitation', 'reset')),
  token_hash text NOT NULL UNIQUE,
  email      text,
  role       text CHECK (role IN ('viewer', 'editor', 'admin')),
  user_id    text REFERENCES access_users (id) ON DELETE CASCADE,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  used_at    timestamptz(3)
);

-- Failed attempts to sign in, counted for all web processes together.
CREATE TABLE access_throttle (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

CREATE TABLE events (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  task    TEXT    NOT NULL,
  n       INTEGER NOT NULL,
  type    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  at      INTEGER NOT NULL, -- milliseconds since the epoch
  body    TEXT    NOT NULL, -- JSON
  UNIQUE (task, n)
);
CREATE TABLE tasks (
  id         TEXT PRIMARY KEY,
  state      TEXT    NOT NULL,
  reason     TEXT,
  note       TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  loop       TEXT    NOT NULL,
  mode       TEXT    NOT NULL,
  repository TEXT    NOT NULL,
  target     TEXT,
  account    TEXT    NOT NULL, -- of the agent that attempts it now
  attempts   INTEGER NOT NULL,
  candidate  TEXT,
  checks     TEXT    NOT NULL, -- JSON array of {name, verdict, receipt}
  usd_micros INTEGER NOT NULL,
  usd_source TEXT    NOT NULL, -- reported | computed | unknown
  tokens     INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  updated    INTEGER NOT NULL,
  ready_at   INTEGER           -- when an engine has something to do; null while a human has the word
);
CREATE INDEX tasks_ready ON tasks (ready_at, created) WHERE ready_at IS NOT NULL;
CREATE TABLE leases (
  task       TEXT PRIMARY KEY,
  owner      TEXT    NOT NULL,
  account    TEXT    NOT NULL
);
CREATE TABLE generations (
  task       TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
);
CREATE TABLE engines (
  owner   TEXT PRIMARY KEY,
  kind    TEXT NOT NULL, -- serve | run
  since   INTEGER NOT NULL
);
CREATE TABLE inbox (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  task    TEXT    NOT NULL,
  type    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  body    TEXT    NOT NULL,
  result  TEXT             -- null until taken; then 'ok' or the refusal
);
CREATE INDEX inbox_open ON inbox (task) WHERE result IS NULL;
CREATE TABLE accounts (
  account TEXT PRIMARY KEY,
  micros  INTEGER NOT NULL -- spent, as far as it is known
);
CREATE TABLE reservations (
  task    TEXT    NOT NULL,
  account TEXT    NOT NULL,
  micros  INTEGER NOT NULL,
  PRIMARY KEY (task, account)
);
CREATE TABLE breakers (
  account TEXT PRIMARY KEY,
  until   INTEGER NOT NULL
);

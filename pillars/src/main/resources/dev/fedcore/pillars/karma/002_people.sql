-- Karma, second version. Applied in one transaction; never edited afterwards.
-- People stand in `event` and in all that follows from it as pseudonyms, and words as commitments.
-- What these stand for is here, from where it can be erased.

CREATE TABLE person (
  person_row INTEGER PRIMARY KEY,
  tenant     TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  pseudonym  TEXT NOT NULL,          -- the commitment to user_id; `user_id` in the other tables
  salt       BLOB CHECK (length(salt) = 32),  -- null for whom version 1 knew: the name in clear
  UNIQUE (tenant, user_id),
  UNIQUE (tenant, pseudonym)
) STRICT;

CREATE TABLE disclosure (
  seq      INTEGER PRIMARY KEY REFERENCES event (seq),
  tenant   TEXT NOT NULL,
  event_id TEXT,                     -- as the sender says it; null once erased
  salt     BLOB CHECK (length(salt) = 32),  -- null once erased, and in version 1
  said     BLOB,                     -- JSON, UTF-8: what the commitments are to; null once erased
  UNIQUE (tenant, event_id)
) STRICT;

-- Events of version 1 say everything in clear, for ever. Their words are also put here, so that
-- there is something to erase for those who read them through Karma.

INSERT INTO person (tenant, user_id, pseudonym)
SELECT DISTINCT tenant, user_id, user_id
  FROM event;

INSERT INTO disclosure (seq, tenant, event_id, said)
SELECT seq, tenant, event_id,
       CAST(json_set(
         json_remove(
           json_extract(CAST(body AS TEXT), '$.data'),
           '$.user_id', '$.plan_id', '$.event_id', '$.source', '$.action', '$.role', '$.token',
           '$.amount', '$.atonement_type'),
         '$.body_hash', json_extract(CAST(body AS TEXT), '$.body_hash')) AS BLOB)
  FROM event
 ORDER BY seq;

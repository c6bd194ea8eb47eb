-- Bucket, second version. Applied in one transaction; never edited afterwards.
-- What an entry says of people, and all else that its requester said, is its content. The hashed body
-- holds a commitment to it, so that it can be taken away without any hash changing. Rows of the
-- first version have no content: their bodies say everything, in clear.

ALTER TABLE event ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
ALTER TABLE event ADD COLUMN salt BLOB CHECK (length(salt) = 32);
ALTER TABLE event ADD COLUMN content BLOB;  -- canonical JSON; NULL once it is erased

ALTER TABLE audit ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
ALTER TABLE audit ADD COLUMN salt BLOB CHECK (length(salt) = 32);
ALTER TABLE audit ADD COLUMN content BLOB;

DROP TRIGGER event_is_never_changed;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
WHEN NEW.seq <> OLD.seq
  OR NEW.product <> OLD.product
  OR NEW.tenant <> OLD.tenant
  OR NEW.kind <> OLD.kind
  OR NEW.outcome IS NOT OLD.outcome
  OR NEW.entry_hash <> OLD.entry_hash
  OR NEW.body <> OLD.body
  OR OLD.content IS NULL
  OR NEW.content IS NOT NULL
  OR NEW.salt IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'an event is never changed; its content may be erased');
END;

DROP TRIGGER audit_is_never_changed;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
WHEN NEW.seq <> OLD.seq
  OR NEW.product <> OLD.product
  OR NEW.tenant <> OLD.tenant
  OR NEW.kind <> OLD.kind
  OR NEW.outcome IS NOT OLD.outcome
  OR NEW.entry_hash <> OLD.entry_hash
  OR NEW.body <> OLD.body
  OR OLD.content IS NULL
  OR NEW.content IS NOT NULL
  OR NEW.salt IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'an audit entry is never changed; its content may be erased');
END;

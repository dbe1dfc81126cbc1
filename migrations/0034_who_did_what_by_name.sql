-- The audit log of one person is read from the newest line back, whatever else the business wrote in between.
CREATE INDEX audit_by_who ON audit (who, at DESC, id DESC);

-- Five roles for a database of jiandu on PostgreSQL. Run it as a superuser once the tables are made, and again after
-- each upgrade: psql --set ON_ERROR_STOP=1 --single-transaction --file roles.sql DATABASE
--
--   jiandu_owner    owns schema and tables: makes and upgrades them, and does nothing else
--   jiandu_engine   adds to the trail, and moves the register along with it; changes and removes nothing of the trail
--   jiandu_keeper   does what the engine may; besides keeps the log, and removes bodies that an entry says are sealed
--   jiandu_auditor  reads everything and writes nothing
--   jiandu_relay    takes events from the outbox and sees no case
--
-- None of them can log in; grant them to roles that can: GRANT jiandu_engine TO app;
-- Roles protect against accidents and against who knows the password of one of them, not against a superuser.

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['jiandu_owner', 'jiandu_engine', 'jiandu_keeper', 'jiandu_auditor', 'jiandu_relay'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN  -- roles belong to the server: another database made it
    END;
  END LOOP;
  ALTER SCHEMA jiandu OWNER TO jiandu_owner;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'jiandu' LOOP
    EXECUTE format('ALTER TABLE jiandu.%I OWNER TO jiandu_owner', name);
  END LOOP;
  ALTER FUNCTION jiandu.append_only() OWNER TO jiandu_owner;
  ALTER FUNCTION jiandu.pending() OWNER TO jiandu_owner;
END $$;

REVOKE ALL ON SCHEMA jiandu FROM PUBLIC, jiandu_engine, jiandu_keeper, jiandu_auditor, jiandu_relay;
REVOKE ALL ON ALL TABLES IN SCHEMA jiandu FROM PUBLIC, jiandu_engine, jiandu_keeper, jiandu_auditor, jiandu_relay;
GRANT USAGE ON SCHEMA jiandu TO jiandu_engine, jiandu_auditor, jiandu_relay;
GRANT SELECT ON ALL TABLES IN SCHEMA jiandu TO jiandu_engine, jiandu_auditor;

GRANT INSERT ON jiandu.texts, jiandu.cases, jiandu.entries, jiandu.bodies, jiandu.keys, jiandu.counters, jiandu.deadlines,
  jiandu.outbox, jiandu.deliveries, jiandu.log_pending TO jiandu_engine;
GRANT UPDATE (guide, version, text, number, state, status, outcome, seq, head, projection) ON jiandu.cases TO jiandu_engine;
GRANT UPDATE (last) ON jiandu.counters TO jiandu_engine;
GRANT DELETE ON jiandu.deadlines TO jiandu_engine;

GRANT SELECT ON jiandu.meta, jiandu.alembic_version, jiandu.outbox, jiandu.deliveries TO jiandu_relay;
GRANT DELETE ON jiandu.outbox TO jiandu_relay;
GRANT UPDATE (sent, attempts, not_before, holder, error) ON jiandu.deliveries TO jiandu_relay;

GRANT jiandu_engine TO jiandu_keeper;
GRANT INSERT ON jiandu.log_epochs, jiandu.log_leaves, jiandu.log_nodes, jiandu.checkpoints, jiandu.seals TO jiandu_keeper;
GRANT UPDATE (size) ON jiandu.log_epochs TO jiandu_keeper;
GRANT UPDATE (one) ON jiandu.meta TO jiandu_keeper;  -- to lock it, so that one at a time keeps the log
GRANT DELETE ON jiandu.log_pending, jiandu.bodies TO jiandu_keeper;

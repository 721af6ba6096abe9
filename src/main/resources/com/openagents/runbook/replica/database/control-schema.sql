-- The control plane shares the database server. One table stands for what it keeps, so that the rules about
-- schema control have something to hold for.
CREATE SCHEMA control;
CREATE TABLE control.api_tokens (
    id bigserial PRIMARY KEY,
    name varchar(255) NOT NULL,
    inserted_at timestamp NOT NULL
);
GRANT USAGE, CREATE ON SCHEMA control TO oa_control_rw;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA control TO oa_control_rw;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA control TO oa_control_rw;

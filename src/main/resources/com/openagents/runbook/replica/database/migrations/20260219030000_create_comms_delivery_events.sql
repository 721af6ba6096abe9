CREATE TABLE runtime.comms_delivery_events (
    id bigserial PRIMARY KEY,
    event_id varchar(255) NOT NULL,
    provider varchar(255) NOT NULL,
    delivery_state varchar(255) NOT NULL,
    message_id varchar(255),
    integration_id varchar(255),
    recipient varchar(255),
    occurred_at timestamp,
    reason varchar(255),
    payload jsonb NOT NULL DEFAULT '{}',
    payload_hash varchar(255) NOT NULL,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT comms_delivery_events_state_allowed CHECK (
        delivery_state IN ('delivered', 'bounced', 'complained', 'unsubscribed'))
);
CREATE UNIQUE INDEX comms_delivery_events_event_id_index ON runtime.comms_delivery_events (event_id);

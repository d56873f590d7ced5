CREATE SCHEMA mailwright_frozen;
CREATE TABLE mailwright_frozen.work (
    id bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    parent text NOT NULL COLLATE pg_catalog."C",
    lane text NOT NULL COLLATE pg_catalog."C",
    rank double precision NOT NULL,
    due_at bigint NOT NULL,
    ready boolean NOT NULL,
    token text,
    lease_until bigint,
    started_through bigint NOT NULL,
    attempt integer NOT NULL,
    rung_at bigint,
    ref text NOT NULL
)
WITH (fillfactor='60', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='500');
CREATE FUNCTION mailwright_frozen.claim_work(kinds text[], present bigint, expired bigint, except_lanes text[], most bigint, new_token text, until bigint) RETURNS SETOF mailwright_frozen.work
    LANGUAGE plpgsql
    SET enable_bitmapscan TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
  -- One at a time: a second one would lock the rows it finds filed already, and hide them from everybody else's claims.
  if exists (select 1 from "mailwright_frozen".work where not ready and kind = any(kinds) and due_at <= present) then
    perform pg_advisory_xact_lock(hashtextextended('"mailwright_frozen" ready', 0));
    update "mailwright_frozen".work set ready = true where id = any(array(
      select id from "mailwright_frozen".work where not ready and kind = any(kinds) and due_at <= present order by id for update));
  end if;
  return query
  with picked as (
    select w.id from unnest(kinds) as k(kind) cross join lateral (
      select id, rank, due_at from "mailwright_frozen".work
      where kind = k.kind and ready and due_at <= present and (token is null or lease_until <= expired)
        and lane <> all(except_lanes)
      order by rank, due_at, id limit most for update skip locked) w
    order by w.rank, w.due_at, w.id limit most)
  update "mailwright_frozen".work w set token = new_token, lease_until = until, attempt = w.attempt + 1
  where w.id = any(array(select id from picked)) returning w.*;
end
$$;
CREATE FUNCTION mailwright_frozen.rank_ends(wanted text, whose text, OUT floor double precision, OUT last double precision) RETURNS record
    LANGUAGE plpgsql
    SET enable_bitmapscan TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_sort TO 'off'
    AS $$
#variable_conflict use_column
begin
  floor := least(
    (select rank from "mailwright_frozen".work where kind = wanted and ready and token is null order by rank, due_at, id limit 1),
    (select min(rank) from "mailwright_frozen".work where kind = wanted and not ready));
  last := (select rank from "mailwright_frozen".work where kind = wanted and account = whose and token is null order by rank desc limit 1);
end
$$;
CREATE TABLE mailwright_frozen.block (
    account text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    starts_at bigint NOT NULL,
    ends_at bigint,
    reason text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE mailwright_frozen.epoch (
    key text NOT NULL COLLATE pg_catalog."C",
    count bigint NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE mailwright_frozen.event (
    key text NOT NULL COLLATE pg_catalog."C",
    message bytea NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    detail text NOT NULL,
    sent_at bigint NOT NULL,
    domain text NOT NULL COLLATE pg_catalog."C",
    recipient_domain text NOT NULL COLLATE pg_catalog."C",
    template bytea NOT NULL,
    task bytea NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE mailwright_frozen.hold (
    ref text NOT NULL COLLATE pg_catalog."C",
    holder text NOT NULL COLLATE pg_catalog."C",
    ordinal bigint NOT NULL
);
ALTER TABLE mailwright_frozen.hold ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME mailwright_frozen.hold_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE mailwright_frozen.message (
    id bytea NOT NULL,
    head bigint NOT NULL,
    last_at bigint NOT NULL,
    bucket bigint NOT NULL,
    seq integer NOT NULL,
    facts integer NOT NULL,
    attempt integer NOT NULL,
    mailbox text NOT NULL COLLATE pg_catalog."C",
    recipient_key text COLLATE pg_catalog."C",
    last_reply text NOT NULL
)
WITH (fillfactor='90');
CREATE TABLE mailwright_frozen.message_head (
    id bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    task bytea NOT NULL,
    origin bytea NOT NULL,
    lane text NOT NULL,
    sender_domain text NOT NULL,
    template bytea NOT NULL,
    accepted_at bigint NOT NULL,
    id_from bytea NOT NULL,
    id_to bytea NOT NULL
);
CREATE SEQUENCE mailwright_frozen.message_head_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE mailwright_frozen.migration (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL
);
CREATE TABLE mailwright_frozen.once (
    account text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    body_hash text NOT NULL,
    until bigint NOT NULL,
    answer text NOT NULL
);
CREATE TABLE mailwright_frozen.quota (
    scope text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    granted bigint NOT NULL,
    ceiling bigint NOT NULL,
    blocked boolean NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE mailwright_frozen.recipient (
    list text NOT NULL COLLATE pg_catalog."C",
    generation bigint NOT NULL,
    lane text NOT NULL COLLATE pg_catalog."C",
    seq integer NOT NULL,
    mailbox text NOT NULL COLLATE pg_catalog."C",
    key text COLLATE pg_catalog."C",
    field_values text NOT NULL
);
CREATE TABLE mailwright_frozen.record (
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    parent text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    data text NOT NULL
);
CREATE TABLE mailwright_frozen.record_key (
    scope text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    record text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE mailwright_frozen.slot (
    key text NOT NULL COLLATE pg_catalog."C",
    taken bigint NOT NULL
)
WITH (fillfactor='70');
CREATE TABLE mailwright_frozen.tally (
    shard smallint NOT NULL,
    cube text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    bucket bigint NOT NULL,
    domain text NOT NULL COLLATE pg_catalog."C",
    recipient_domain text NOT NULL COLLATE pg_catalog."C",
    template bytea NOT NULL,
    task bytea NOT NULL,
    accepted bigint,
    "handedOver" bigint,
    deferred bigint,
    delivered bigint,
    "bouncedHard" bigint,
    "bouncedSoft" bigint,
    dropped bigint,
    failed bigint,
    cancelled bigint,
    expired bigint,
    unknown bigint,
    invalid bigint,
    "spamBounced" bigint,
    opened bigint,
    "humanOpened" bigint,
    clicked bigint,
    unsubscribed bigint,
    complained bigint,
    requeued bigint,
    opens bigint,
    clicks bigint,
    deferrals bigint,
    refused bigint,
    "machineOpens" bigint,
    "machineClicks" bigint,
    uncorrelated bigint
)
WITH (fillfactor='50');
CREATE TABLE mailwright_frozen.tally_closed (
    cube text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    bucket bigint NOT NULL,
    domain text NOT NULL COLLATE pg_catalog."C",
    recipient_domain text NOT NULL COLLATE pg_catalog."C",
    template bytea NOT NULL,
    task bytea NOT NULL,
    accepted bigint,
    "handedOver" bigint,
    deferred bigint,
    delivered bigint,
    "bouncedHard" bigint,
    "bouncedSoft" bigint,
    dropped bigint,
    failed bigint,
    cancelled bigint,
    expired bigint,
    unknown bigint,
    invalid bigint,
    "spamBounced" bigint,
    opened bigint,
    "humanOpened" bigint,
    clicked bigint,
    unsubscribed bigint,
    complained bigint,
    requeued bigint,
    opens bigint,
    clicks bigint,
    deferrals bigint,
    refused bigint,
    "machineOpens" bigint,
    "machineClicks" bigint,
    uncorrelated bigint
);
CREATE TABLE mailwright_frozen.tally_floor (
    cube text NOT NULL COLLATE pg_catalog."C",
    bucket bigint NOT NULL
);
CREATE TABLE mailwright_frozen.tally_span (
    width bigint NOT NULL,
    cube text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    bucket bigint NOT NULL,
    domain text NOT NULL COLLATE pg_catalog."C",
    recipient_domain text NOT NULL COLLATE pg_catalog."C",
    template bytea NOT NULL,
    task bytea NOT NULL,
    accepted bigint,
    "handedOver" bigint,
    deferred bigint,
    delivered bigint,
    "bouncedHard" bigint,
    "bouncedSoft" bigint,
    dropped bigint,
    failed bigint,
    cancelled bigint,
    expired bigint,
    unknown bigint,
    invalid bigint,
    "spamBounced" bigint,
    opened bigint,
    "humanOpened" bigint,
    clicked bigint,
    unsubscribed bigint,
    complained bigint,
    requeued bigint,
    opens bigint,
    clicks bigint,
    deferrals bigint,
    refused bigint,
    "machineOpens" bigint,
    "machineClicks" bigint,
    uncorrelated bigint
)
WITH (fillfactor='70');
CREATE TABLE mailwright_frozen.window_hit (
    key text NOT NULL COLLATE pg_catalog."C",
    hits text NOT NULL,
    until bigint NOT NULL
)
WITH (fillfactor='70');
INSERT INTO mailwright_frozen.block VALUES ('default', 'invalid', 'bad@readers.example', '', 1795424400000, 1810976400000, '550 5.1.1', 1795424400000);
INSERT INTO mailwright_frozen.block VALUES ('default', 'custom', 'blocked@readers.example', '', 1795424400000, NULL, 'asked by phone', 1795424400000);
INSERT INTO mailwright_frozen.epoch VALUES ('workers', 1);
INSERT INTO mailwright_frozen.epoch VALUES ('blocks:default', 1);
INSERT INTO mailwright_frozen.epoch VALUES ('task:01a22345-a1e7-7d55-940f-0dc4f9c413c7', 1);
INSERT INTO mailwright_frozen.event VALUES ('01a22345-9e2b-715c-9ed6-b1a110eb42c8:attempt:1', '\x01a223459e2b715c9ed6b1a110eb42c8', 'default', 'bounced', 1795424400000, '{"attempt":1,"reply":"550 5.1.1 no such user","reason":"no-such-user"}', 1795424400000, 'mail.shop.example', 'readers.example', '\x01a223459e157b569427b258472b63b1', '\x', 'bad@readers.example');
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9a28-7f02-b6ad-3426e622182d', '01a22345-9df7-70d8-b73b-d40982262bf7', 1);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9a28-7f02-b6ad-3426e622182d', '01a22345-a1be-7158-9d74-d4c20a457cc8', 6);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', '01a22345-a1be-7158-9d74-d4c20a457cc8', 7);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9df7-70d8-b73b-d40982262bf7', '01a22345-a1be-7158-9d74-d4c20a457cc8', 8);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9e15-7b56-9427-b258472b63b1', '01a22345-a1be-7158-9d74-d4c20a457cc8', 9);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9a28-7f02-b6ad-3426e622182d', '01a22345-a1e7-7d55-940f-0dc4f9c413c7', 10);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', '01a22345-a1e7-7d55-940f-0dc4f9c413c7', 11);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9df7-70d8-b73b-d40982262bf7', '01a22345-a1e7-7d55-940f-0dc4f9c413c7', 12);
INSERT INTO mailwright_frozen.hold OVERRIDING SYSTEM VALUE VALUES ('01a22345-9e15-7b56-9427-b258472b63b1', '01a22345-a1e7-7d55-940f-0dc4f9c413c7', 13);
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459e2b715c9ed6b1a110eb42c7', 1, 1795424400000, 1795424400000, 0, 11, 1, 'ann@readers.example', NULL, '250 2.0.0 ok');
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459e2b715c9ed6b1a110eb42c8', 1, 1795424400000, 1795424400000, 0, 2067, 1, 'bad@readers.example', NULL, '550 5.1.1 no such user');
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459f947527899739a63a1d0000', 2, 1795424400000, 1795424400000, 0, 11, 1, 'reader0@readers.example', NULL, '250 2.0.0 ok');
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459f947527899739a63a1d0001', 2, 1795424400000, 1795424400000, 1, 11, 1, 'reader1@readers.example', NULL, '250 2.0.0 ok');
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459f947527899739a63a1d0002', 2, 1795424400000, 1795424400000, 2, 11, 1, 'reader2@readers.example', NULL, '250 2.0.0 ok');
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459f947527899739a63a1d0003', 2, 1795424400000, 1795424400000, 3, 11, 1, 'reader3@readers.example', NULL, '250 2.0.0 ok');
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459f947527899739a63a1d0004', 2, 1795424400000, 1795424400000, 4, 11, 1, 'reader4@readers.example', NULL, '250 2.0.0 ok');
INSERT INTO mailwright_frozen.message VALUES ('\x01a223459f947527899739a63a1d0005', 2, 1795424400000, 1795424400000, 5, 11, 1, 'reader5@readers.example', NULL, '250 2.0.0 ok');
INSERT INTO mailwright_frozen.message VALUES ('\x01a22345a2807294b4aabd6e910b9be5', 3, 1795424400000, 1795424400000, 0, 1, 0, 'queued@readers.example', NULL, '');
INSERT INTO mailwright_frozen.message_head VALUES (1, 'default', '\x', '\x01a223459e2b715c9ed6b1a110eb42c6', '', '01a22345-9a28-7f02-b6ad-3426e622182d', '\x01a223459e157b569427b258472b63b1', 1795424400000, '\x01a223459e2b715c9ed6b1a110eb42c7', '\x01a223459e2b715c9ed6b1a110eb42c8');
INSERT INTO mailwright_frozen.message_head VALUES (2, 'default', '\x01a223459e8f764fbdbf64c1fbfd1b2c', '\x01a223459ed17399a28006beb0dab908', 'other', '01a22345-9a28-7f02-b6ad-3426e622182d', '\x01a223459e157b569427b258472b63b1', 1795424400000, '\x01a223459f947527899739a63a1d0000', '\x01a223459f947527899739a63a1d0005');
INSERT INTO mailwright_frozen.message_head VALUES (3, 'default', '\x', '\x01a22345a2807294b4aabd6e910b9be4', '', '01a22345-9a28-7f02-b6ad-3426e622182d', '\x01a223459e157b569427b258472b63b1', 1795424400000, '\x01a22345a2807294b4aabd6e910b9be5', '\x01a22345a2807294b4aabd6e910b9be5');
INSERT INTO mailwright_frozen.migration VALUES (1, 'tables', '703687bbde38434a11d467d63f2c3938');
INSERT INTO mailwright_frozen.migration VALUES (2, 'claim', '4e02199cce16708d309fe6adccade6d9');
INSERT INTO mailwright_frozen.quota VALUES ('01a22345-9a28-7f02-b6ad-3426e622182d', '2026-11-23', 9, 500, false);
INSERT INTO mailwright_frozen.recipient VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', 0, 'other', 0, 'reader0@readers.example', NULL, '["Reader 0"]');
INSERT INTO mailwright_frozen.recipient VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', 0, 'other', 1, 'reader1@readers.example', NULL, '["Reader 1"]');
INSERT INTO mailwright_frozen.recipient VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', 0, 'other', 2, 'reader2@readers.example', NULL, '["Reader 2"]');
INSERT INTO mailwright_frozen.recipient VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', 0, 'other', 3, 'reader3@readers.example', NULL, '["Reader 3"]');
INSERT INTO mailwright_frozen.recipient VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', 0, 'other', 4, 'reader4@readers.example', NULL, '["Reader 4"]');
INSERT INTO mailwright_frozen.recipient VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', 0, 'other', 5, 'reader5@readers.example', NULL, '["Reader 5"]');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9a28-7f02-b6ad-3426e622182d', 'domain', 'default', 1, '', 'mail.shop.example', 'verified', 1795424400000, '{"name":"mail.shop.example","unicode":"mail.shop.example","registrable":"shop.example","trust":"operator","keys":[{"selector":"mwmwt1bxc0a","algorithm":"rsa-2048","publicValue":"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwq2tmMpRSeVi6fSweva9nkyPS7Bu8XRODig5G8oUpDC0lrWrhmxQhAAFNVM2TpD12I6+kZvX+wvIBCt3No9ifHa7iFdL20o1LjFxJJl/Whmi+EH2xYtIpnkEZMoU0AToy5JScjUyxeT4q3zn9zCwFKhBHg70O5t7rqNYhn+jEyTZfVAArFnlp/posQpwLy2rLjeskIw6taCbIhU4zgZWi87fq10kyy5PkJNSDkPgdaep7c09uqT8mVeMhko85z+1+QtA9RkYo5mdCPH630f57ibswurw2ZGKNNNRFIrVHakEG/9BPcKYjS8i+ui6u1exZ+rJJF2+DTU+jKufZ9KP7wIDAQAB","state":"active","since":1795424400000,"retiresAt":null,"sealed":"v1.fVFhaWW3.0uwTfrr-J2z9fK3R.RcsHwqWMZR0bh0dCZN40ftrhWntUbcBBp9JC3pkyri6ZXXheMGmMpDeTrE01s6_3CRZR34-ZsGumXRGV4mGU_7FxC2q1vZ2_B6tNm5SatFWszo3VZmWK0BayJk9cyXLPbjHdrKmc0lT1z2KExGifumitCBrxeLtGv-yedL9SOVJa4wPE6PfewiySgpeGJTKxDgrw3EuGHNsyf-sIZXNdXvUYAR9mCeLUUEcGAhGEfpykFbof_ppJMYLI1JbBqhw4f7UGjsuxl4bofRqQYR5NI0vrnOmhEJQV0ZhX0ncO9ix-VxPEMveXjaaKTePNbKoVy0P-L0MfWOeCce1rcOxbMgxXg0O1U7RV7Ys2FXbkqgLsphzlFaikI_0zwoPuAHdm_KIZMfXpHfGFhBqZgUbw6yGyOddMetwh2BCiRwRd0RchIuV3p1wkkWhpIoYuM1lhV_uw8qX2d0dAnY5SwLLhViwla4t1CeFbOf3pAlBEYdAQYPNIeKKTk2btEfHcDyEXTU0Re_nt7eFsWxGOPnu-CiRCvuu2OjXF1J3eUQ3iGeOlFUw5Bm_FjGPLam62KhS6N3dQ8g5m67k_ZhE2miMu04DbarsAIuSkygSwNnjSbqbuZNLTec_JHcFrq5lnQZBAzK93ZiIFTDx6owk8JS7BgwuG27SjcjiDZvOhs5ueAbBxKyltCEe6D9zPJ2vqqqrByt-GxLa-tdm2nt08RPUswA6vsy4LVshvGR6ysvFBdmiaI5Qt1uTMm-bQI_NSaHPLU9KiTtptKsjKCcXM6gkxijGC-iKOtQkxAYhJd75ZeSTchBEweYsFVI0WI3E6sxKLav2L5r8zZjT-crOV6ZgaDeGv0H3qM7sF_bAM8-jqUWWPnXMuDjUlllYdBNkTh1pzOe5_bDBvvMtQ_4psR_R6MFvJ5R7-_nD_mNgsguwAmg_NUaN31HXpPlNW-gxuIUC7fJa31sEx6CO-yT-Sa219yXeRWyRWefNYXPCRJd91hAtjTMcEAcqUgVx_67ws_PtjFSF76mnafIgNn-nvBsNvgH_zJyBjgYjeDfDOQMV1xgY5CjC-biGladIGqqUi0pCL0dXtzFLAMUC80F2J_cTjeQfuBxeLi_PjwoL_JhX25lTQgoNpwhF6bOqzn8SpQdUHpABngVesEIuKBNDRiwDrUxN6xuvSTYI3TTPz8tmtZfgNh1VuJSaDSPmYSQhv0loV7Qsro2AmW6poCzFo4vImIxYcWcs6rT5LOyXt-CsRXf2ClF5yPADmjjCVLsfUj6m7Le3SN3sHKsZbxgOB8U0n7Xt3QQfvhlzKSi4Qrtn2FFX_gq6IbmidjEKcknc6S6UIkof26c0_ZYZuAS3U_VZIsRpn4IezPhP9IkNvD7tFCEUy_MSUz6c_RyCEx-Ot_rknv0rlK70saoCs0cV2jdyRgFDopfaMFiPZtvJRVha2EMtOqPCwRJqxyCe4lom8Wm4OgScHYvnniATMGAtJOcbjKGn4Kcmnz0j9PlpDt7T2zbniebJ3toZkvDgks8x4OOHa6rDzM0jXAbETiYqGLO2gMiCdk9HT4i5z1DJm0ovlqbviVgY9aoA7VXRTjywWG7YBJ_AcJEE-jX5XPlvDerbBac-XwM4pvL2H9P7PaipPgEIeTM8nCiyStFF2Py281FsQIT9KpaxJQzBUh2VxNcgNLP8vbGaW5cdXkC1uB2KrFCKcaPdpxQnASs7wlroB9AoXTNsM0yfAHG-Yy4tPaAXVTPJ92BfGjWKOPpmMyRfVaDz7rDdHdfcq8rwaTYgQ33gn6DV2iCc4dSVdKSqR7gwzwaTx56eJG8Ymp8Wa0H4PYYAkQ_gMz1aQ-wZyLxqAxZPbAPxWhPKO3qFW4_zWbEf6bhb74rx6N-i1t5kp3ZAw7dYueHPZlI6hr7p0E-buGOCJ2Ds1vPZK-Sj5WtUC_YJcJCJNcaV-EG2JGYBJEiG9ye6m-XVo9E-oeY4hBOpNykiFZhzHgq1-WHGm7YoGyuGyA6buLh4rRCh9gguU78E2E-SGaX7rAXCm9M4WFn38-bM3l0oBh1_DIC8pjJdkccsC5iHbQUcqd8GtI0GISTur7cS42FjYPRQoXXmPxbkXQyy7xzc6m5JSFY2zzkePg8rEVCe-QWVhHht3BM9b8gH4yb-CJsS1MRcTr2Xxoj24NR2Ex2GqqtGWxeJzrRinaEo0Gz8tPEhXWTuh6Ap1eNgCjKwYIgj4ZERxmedH9EynDbsLdCJoiffBBGKxp4fU3rQm-qjfQdI-rX3uMPIJcFOgRIZq1Q4GmuSboA"}],"rows":[{"purpose":"spf","host":"mail","name":"mail.shop.example","type":"TXT","expected":"v=spf1 ~all","current":null,"status":"missing","required":true},{"purpose":"dkim","host":"mwmwt1bxc0a._domainkey.mail","name":"mwmwt1bxc0a._domainkey.mail.shop.example","type":"TXT","expected":"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwq2tmMpRSeVi6fSweva9nkyPS7Bu8XRODig5G8oUpDC0lrWrhmxQhAAFNVM2TpD12I6+kZvX+wvIBCt3No9ifHa7iFdL20o1LjFxJJl/Whmi+EH2xYtIpnkEZMoU0AToy5JScjUyxeT4q3zn9zCwFKhBHg70O5t7rqNYhn+jEyTZfVAArFnlp/posQpwLy2rLjeskIw6taCbIhU4zgZWi87fq10kyy5PkJNSDkPgdaep7c09uqT8mVeMhko85z+1+QtA9RkYo5mdCPH630f57ibswurw2ZGKNNNRFIrVHakEG/9BPcKYjS8i+ui6u1exZ+rJJF2+DTU+jKufZ9KP7wIDAQAB","current":null,"status":"missing","required":true},{"purpose":"dmarc","host":"_dmarc.mail","name":"_dmarc.mail.shop.example","type":"TXT","expected":"v=DMARC1; p=none","current":null,"status":"missing","required":true}],"checkedAt":null,"verifiedAt":1795424400000,"health":null,"warning":null,"scenario":null,"tags":{}}');
INSERT INTO mailwright_frozen.record VALUES ('warm-up:01a22345-9a28-7f02-b6ad-3426e622182d', 'warm-up', 'default', 1, '01a22345-9a28-7f02-b6ad-3426e622182d', '', '', 1795424400000, '{"level":1,"day":"2026-11-23","raisedToday":0,"lowerNextDay":false,"blockedDay":null,"operatorLimit":null}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9df7-70d8-b73b-d40982262bf7', 'sender', 'default', 1, '01a22345-9a28-7f02-b6ad-3426e622182d', 'hello@mail.shop.example', '', 1795424400000, '{"address":"hello@mail.shop.example","name":"Shop","domain":"01a22345-9a28-7f02-b6ad-3426e622182d"}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9e15-7b56-9427-b258472b63b1', 'template', 'default', 1, '', 'welcome', 'approved', 1795424400000, '{"name":"welcome","type":"html","latest":"01a22345-9e16-776b-9a38-15c84837cc95","approved":"01a22345-9e16-776b-9a38-15c84837cc95","versions":1}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9e16-776b-9a38-15c84837cc95', 'template-version', 'default', 1, '01a22345-9e15-7b56-9427-b258472b63b1', '', 'approved', 1795424400000, '{"number":1,"type":"html","subject":"Welcome, {{name}}","body":"<p>Hello {{name}}</p>","text":null,"variables":["name"],"links":[],"review":{"state":"approved","reason":null}}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9e2b-715c-9ed6-b1a110eb42c6', 'request', 'default', 1, '', '', '', 1795424400000, '{"domain":"01a22345-9a28-7f02-b6ad-3426e622182d","domainName":"mail.shop.example","from":{"name":"Shop","address":"hello@mail.shop.example"},"kind":"trigger","replyTo":null,"headers":[],"subject":"Welcome, {{name}}","templateVersion":"01a22345-9e16-776b-9a38-15c84837cc95","unsubscribe":null,"html":null,"text":null,"values":{"name":"Ann"},"attachments":[],"to":[{"message":"01a22345-9e2b-715c-9ed6-b1a110eb42c7","name":null,"mailbox":"ann@readers.example"},{"message":"01a22345-9e2b-715c-9ed6-b1a110eb42c8","name":null,"mailbox":"bad@readers.example"}],"cc":[],"bcc":[],"expiresAt":1795683600000,"deferred":null}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9e5f-768b-a6de-fb841e504f4a', 'group', 'default', 3, '', 'readers', 'ready', 1795424400000, '{"name":"readers","description":"","variables":["name"],"generation":0,"lanes":{"other":6},"rows":6,"retired":[],"importing":null}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9e8f-764f-bdbf-64c1fbfd1b2c:1795424400000', 'occurrence', 'default', 1, '01a22345-9e8f-764f-bdbf-64c1fbfd1b2c', '', 'fired', 1795424400000, '{"run":"01a22345-9ed1-7399-a280-06beb0dab908","error":null,"skipped":null}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-a1be-7158-9d74-d4c20a457cc8', 'task', 'default', 1, '01a22345-9a28-7f02-b6ad-3426e622182d', 'planned', 'to-start', 1795424400000, '{"name":"planned","schedule":{"type":"scheduled","timeZone":"UTC","at":1795428000000},"domain":"01a22345-9a28-7f02-b6ad-3426e622182d","sender":"01a22345-9df7-70d8-b73b-d40982262bf7","template":"01a22345-9e15-7b56-9427-b258472b63b1","templateVersion":null,"group":"01a22345-9e5f-768b-a6de-fb841e504f4a","subject":null,"unsubscribe":"english","requests":6,"run":null,"openRun":null,"waiting":0,"nextRun":1795428000000,"pause":null,"error":null,"scenario":"marketing","tags":{}}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9e8f-764f-bdbf-64c1fbfd1b2c', 'task', 'default', 3, '01a22345-9a28-7f02-b6ad-3426e622182d', 'sent', 'done', 1795424400000, '{"name":"sent","schedule":{"type":"immediate"},"domain":"01a22345-9a28-7f02-b6ad-3426e622182d","sender":"01a22345-9df7-70d8-b73b-d40982262bf7","template":"01a22345-9e15-7b56-9427-b258472b63b1","templateVersion":null,"group":"01a22345-9e5f-768b-a6de-fb841e504f4a","subject":null,"unsubscribe":"english","requests":6,"run":"01a22345-9ed1-7399-a280-06beb0dab908","openRun":null,"waiting":0,"nextRun":null,"pause":null,"error":null,"scenario":"marketing","tags":{}}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-9ed1-7399-a280-06beb0dab908', 'run', 'default', 3, '01a22345-9a28-7f02-b6ad-3426e622182d', '01a22345-9e8f-764f-bdbf-64c1fbfd1b2c', 'done', 1795424400000, '{"task":"01a22345-9e8f-764f-bdbf-64c1fbfd1b2c","group":"01a22345-9e5f-768b-a6de-fb841e504f4a","generation":0,"variables":["name"],"lanes":{"other":{"total":6,"granted":6}},"rows":6,"template":"01a22345-9e15-7b56-9427-b258472b63b1","templateVersion":"01a22345-9e16-776b-9a38-15c84837cc95","subject":null,"unsubscribe":"english","from":{"name":"Shop","address":"hello@mail.shop.example"},"domain":"01a22345-9a28-7f02-b6ad-3426e622182d","domainName":"mail.shop.example","startedAt":1795424400000,"finishedAt":1795424400000}');
INSERT INTO mailwright_frozen.record VALUES ('retention', 'retention', '', 1, '', '', '', 1795424400000, '{"run":{"startedAt":1795424400000,"finishedAt":1795424400000,"removed":{"events":0,"contents":0,"messages":0,"requests":0,"statistics":0,"live":0,"audit":0}},"last":{"startedAt":1795424400000,"finishedAt":1795424400000,"removed":{"events":0,"contents":0,"messages":0,"requests":0,"statistics":0,"live":0,"audit":0}},"cursor":null}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-a1e7-7d55-940f-0dc4f9c413c7', 'task', 'default', 2, '01a22345-9a28-7f02-b6ad-3426e622182d', 'paused', 'paused', 1795424400000, '{"name":"paused","schedule":{"type":"immediate"},"domain":"01a22345-9a28-7f02-b6ad-3426e622182d","sender":"01a22345-9df7-70d8-b73b-d40982262bf7","template":"01a22345-9e15-7b56-9427-b258472b63b1","templateVersion":null,"group":"01a22345-9e5f-768b-a6de-fb841e504f4a","subject":null,"unsubscribe":"english","requests":6,"run":null,"openRun":null,"waiting":0,"nextRun":1795424400000,"pause":{"reason":"operator","until":null},"error":null,"scenario":"marketing","tags":{}}');
INSERT INTO mailwright_frozen.record VALUES ('ez26h7sbtgvw25a6', 'api-key', 'default', 1, '', 'shop', '', 1795424400000, '{"digest":"WCPSmDPOYG1LBIrYEx2EFceb2eaKm7au8rWrbsNueck","role":"sender","tags":{},"expiresAt":null,"usedOn":null}');
INSERT INTO mailwright_frozen.record VALUES ('01a22345-a280-7294-b4aa-bd6e910b9be4', 'request', 'default', 1, '', '', '', 1795424400000, '{"domain":"01a22345-9a28-7f02-b6ad-3426e622182d","domainName":"mail.shop.example","from":{"name":"Shop","address":"hello@mail.shop.example"},"kind":"trigger","replyTo":null,"headers":[],"subject":"Welcome, {{name}}","templateVersion":"01a22345-9e16-776b-9a38-15c84837cc95","unsubscribe":null,"html":null,"text":null,"values":{"name":"Ann"},"attachments":[],"to":[{"message":"01a22345-a280-7294-b4aa-bd6e910b9be5","name":null,"mailbox":"queued@readers.example"}],"cc":[],"bcc":[],"expiresAt":1795683600000,"deferred":null}');
INSERT INTO mailwright_frozen.record_key VALUES ('', 'owner:mail.shop.example', '01a22345-9a28-7f02-b6ad-3426e622182d');
INSERT INTO mailwright_frozen.record_key VALUES ('default', 'domain:mail.shop.example', '01a22345-9a28-7f02-b6ad-3426e622182d');
INSERT INTO mailwright_frozen.record_key VALUES ('default', 'sender:hello@mail.shop.example', '01a22345-9df7-70d8-b73b-d40982262bf7');
INSERT INTO mailwright_frozen.record_key VALUES ('', 'template-version:01a22345-9e16-776b-9a38-15c84837cc95', '01a22345-9e16-776b-9a38-15c84837cc95');
INSERT INTO mailwright_frozen.record_key VALUES ('default', 'template:welcome', '01a22345-9e15-7b56-9427-b258472b63b1');
INSERT INTO mailwright_frozen.record_key VALUES ('default', 'group:readers', '01a22345-9e5f-768b-a6de-fb841e504f4a');
INSERT INTO mailwright_frozen.record_key VALUES ('', 'api-key:ez26h7sbtgvw25a6', 'ez26h7sbtgvw25a6');
INSERT INTO mailwright_frozen.slot VALUES ('domains:default', 1);
INSERT INTO mailwright_frozen.slot VALUES ('senders:01a22345-9a28-7f02-b6ad-3426e622182d', 1);
INSERT INTO mailwright_frozen.slot VALUES ('api-keys:default', 1);
INSERT INTO mailwright_frozen.tally VALUES (1, 'day', 'default', 1795392000000, '01a22345-9a28-7f02-b6ad-3426e622182d', '', '\x', '\x', 6, 8, NULL, 7, 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO mailwright_frozen.tally VALUES (1, 'recipient', 'default', 1795424400000, 'mail.shop.example', 'readers.example', '\x01a223459e157b569427b258472b63b1', '\x01a223459e8f764fbdbf64c1fbfd1b2c', 6, 6, NULL, 6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO mailwright_frozen.tally VALUES (1, 'run', 'default', 0, '', '', '\x', '\x01a223459ed17399a28006beb0dab908', 6, 6, NULL, 6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO mailwright_frozen.tally VALUES (1, 'sender', 'default', 1795424400000, 'mail.shop.example', '', '\x01a223459e157b569427b258472b63b1', '\x01a223459e8f764fbdbf64c1fbfd1b2c', 6, 6, NULL, 6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO mailwright_frozen.tally VALUES (1, 'live', 'default', 1795424400000, 'mail.shop.example', 'readers.example', '\x', '\x', 9, 8, NULL, 7, 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO mailwright_frozen.tally VALUES (1, 'recipient', 'default', 1795424400000, 'mail.shop.example', 'readers.example', '\x01a223459e157b569427b258472b63b1', '\x', 3, 2, NULL, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO mailwright_frozen.tally VALUES (1, 'sender', 'default', 1795424400000, 'mail.shop.example', '', '\x01a223459e157b569427b258472b63b1', '\x', 3, 2, NULL, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO mailwright_frozen.window_hit VALUES ('gMXcaHLr_LnzWN-Dbq5nVnLowP_86bH9VT_YXFOKq0E', '[1795424400000]', 1795431600000);
INSERT INTO mailwright_frozen.window_hit VALUES ('qGnF-KvlZzGpRjMiGLmfB5KXq0b_Rz4CuRNgRAb1LXY', '[1795424400000]', 1795431600000);
INSERT INTO mailwright_frozen.window_hit VALUES ('wZcXPSoSJON5XUOZtNyHVoN9xUWBCOaDzrJVX3SVdWc', '[1795424400000]', 1795431600000);
INSERT INTO mailwright_frozen.work VALUES ('\x75706b6565703a726574656e74696f6e3a', 'upkeep', 'retention:', '', '', '', 1795424400000, 1795510800000, false, NULL, NULL, 0, 1, NULL, '{"chore":"retention"}');
INSERT INTO mailwright_frozen.work VALUES ('\x75706b6565703a63616c6c6261636b2d726574656e74696f6e3a', 'upkeep', 'callback-retention:', '', '', '', 1795424400000, 1795428000000, false, NULL, NULL, 0, 1, NULL, '{"chore":"callback-retention"}');
INSERT INTO mailwright_frozen.work VALUES ('\x75706b6565703a666f6c643a', 'upkeep', 'fold:', '', '', '', 1795424400000, 1795446000000, false, NULL, NULL, 0, 1, NULL, '{"chore":"fold"}');
INSERT INTO mailwright_frozen.work VALUES ('\x75706b6565703a72657365616c3a', 'upkeep', 'reseal:', '', '', '', 1795424400000, 1795510800000, false, NULL, NULL, 0, 1, NULL, '{"chore":"reseal"}');
INSERT INTO mailwright_frozen.work VALUES ('\x73746172743a30316132323334352d613162652d373135382d396437342d643463323061343537636338', 'start', '01a22345-a1be-7158-9d74-d4c20a457cc8', 'default', '01a22345-a1be-7158-9d74-d4c20a457cc8', '', 1795428000000, 1795428000000, false, NULL, NULL, 0, 0, NULL, '{}');
INSERT INTO mailwright_frozen.work VALUES ('\x73746172743a30316132323334352d613165372d376435352d393430662d306463346639633431336337', 'start', '01a22345-a1e7-7d55-940f-0dc4f9c413c7', 'default', '01a22345-a1e7-7d55-940f-0dc4f9c413c7', '', 1795424400000, 1795424400000, true, NULL, NULL, 0, 0, NULL, '{}');
INSERT INTO mailwright_frozen.work VALUES ('\x01a22345a2887b308c08652c6876dbbf', 'send', '01a22345-a280-7294-b4aa-bd6e910b9be5', 'default', '', '', 1795424400000, 1795424400000, true, NULL, NULL, 0, 0, NULL, '{"request":"01a22345-a280-7294-b4aa-bd6e910b9be4","row":null,"quotaDay":"2026-11-23","mayHaveLeft":false}');
SELECT pg_catalog.setval('mailwright_frozen.hold_ordinal_seq', 13, true);
SELECT pg_catalog.setval('mailwright_frozen.message_head_id', 3, true);
ALTER TABLE ONLY mailwright_frozen.block
    ADD CONSTRAINT block_pkey PRIMARY KEY (account, kind, key, scope);
ALTER TABLE ONLY mailwright_frozen.epoch
    ADD CONSTRAINT epoch_pkey PRIMARY KEY (key);
ALTER TABLE ONLY mailwright_frozen.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (key);
ALTER TABLE ONLY mailwright_frozen.hold
    ADD CONSTRAINT hold_pkey PRIMARY KEY (ref, holder);
ALTER TABLE ONLY mailwright_frozen.message_head
    ADD CONSTRAINT message_head_pkey PRIMARY KEY (id);
ALTER TABLE ONLY mailwright_frozen.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY mailwright_frozen.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);
ALTER TABLE ONLY mailwright_frozen.once
    ADD CONSTRAINT once_pkey PRIMARY KEY (account, key);
ALTER TABLE ONLY mailwright_frozen.quota
    ADD CONSTRAINT quota_pkey PRIMARY KEY (scope, day);
ALTER TABLE ONLY mailwright_frozen.recipient
    ADD CONSTRAINT recipient_pkey PRIMARY KEY (list, generation, lane, seq);
ALTER TABLE ONLY mailwright_frozen.record_key
    ADD CONSTRAINT record_key_pkey PRIMARY KEY (scope, key);
ALTER TABLE ONLY mailwright_frozen.record
    ADD CONSTRAINT record_pkey PRIMARY KEY (id);
ALTER TABLE ONLY mailwright_frozen.slot
    ADD CONSTRAINT slot_pkey PRIMARY KEY (key);
ALTER TABLE ONLY mailwright_frozen.tally_closed
    ADD CONSTRAINT tally_closed_pkey PRIMARY KEY (cube, account, bucket, domain, recipient_domain, template, task);
ALTER TABLE ONLY mailwright_frozen.tally_floor
    ADD CONSTRAINT tally_floor_pkey PRIMARY KEY (cube);
ALTER TABLE ONLY mailwright_frozen.tally
    ADD CONSTRAINT tally_pkey PRIMARY KEY (cube, account, bucket, domain, recipient_domain, template, task, shard);
ALTER TABLE ONLY mailwright_frozen.tally_span
    ADD CONSTRAINT tally_span_pkey PRIMARY KEY (cube, account, width, bucket, domain, recipient_domain, template, task);
ALTER TABLE ONLY mailwright_frozen.window_hit
    ADD CONSTRAINT window_hit_pkey PRIMARY KEY (key);
ALTER TABLE ONLY mailwright_frozen.work
    ADD CONSTRAINT work_kind_key_key UNIQUE (kind, key);
ALTER TABLE ONLY mailwright_frozen.work
    ADD CONSTRAINT work_pkey PRIMARY KEY (id);
CREATE INDEX block_by_key ON mailwright_frozen.block USING hash (key);
CREATE INDEX event_by_age ON mailwright_frozen.event USING btree (at);
CREATE INDEX event_by_message ON mailwright_frozen.event USING btree (message);
CREATE INDEX event_by_sending ON mailwright_frozen.event USING btree (account, kind, sent_at);
CREATE INDEX event_by_time ON mailwright_frozen.event USING btree (account, kind, at, key);
CREATE INDEX hold_by_holder ON mailwright_frozen.hold USING btree (holder);
CREATE INDEX message_by_recipient ON mailwright_frozen.message USING btree (hashtextextended(COALESCE(recipient_key, mailbox), (0)::bigint));
CREATE INDEX message_head_by_account ON mailwright_frozen.message_head USING btree (account, accepted_at, id_to);
CREATE INDEX message_head_by_age ON mailwright_frozen.message_head USING btree (accepted_at, id);
CREATE INDEX message_head_by_origin ON mailwright_frozen.message_head USING btree (origin, accepted_at, id_to);
CREATE INDEX message_head_by_task ON mailwright_frozen.message_head USING btree (task, accepted_at, id_to) WHERE (task <> '\x'::bytea);
CREATE INDEX once_by_end ON mailwright_frozen.once USING btree (until);
CREATE INDEX recipient_by_key ON mailwright_frozen.recipient USING btree (hashtextextended(COALESCE(key, mailbox), hashtextextended(list, generation)));
CREATE INDEX record_by_account ON mailwright_frozen.record USING btree (kind, account, created_at, id);
CREATE INDEX record_by_creation ON mailwright_frozen.record USING btree (kind, created_at, id);
CREATE INDEX record_by_name ON mailwright_frozen.record USING btree (kind, name, created_at, id) WHERE (name <> ''::text);
CREATE INDEX record_by_parent ON mailwright_frozen.record USING btree (kind, parent, created_at, id) WHERE (parent <> ''::text);
CREATE INDEX record_by_state ON mailwright_frozen.record USING btree (kind, state, created_at, id);
CREATE INDEX record_key_by_record ON mailwright_frozen.record_key USING btree (record);
CREATE INDEX tally_by_age ON mailwright_frozen.tally USING btree (cube, bucket);
CREATE INDEX tally_by_run ON mailwright_frozen.tally USING btree (account, task) WHERE (cube = 'run'::text);
CREATE INDEX tally_closed_by_age ON mailwright_frozen.tally_closed USING btree (cube, bucket);
CREATE INDEX tally_closed_by_recipient ON mailwright_frozen.tally_closed USING btree (account, recipient_domain, bucket) WHERE (cube = 'recipient'::text);
CREATE INDEX tally_closed_by_task ON mailwright_frozen.tally_closed USING btree (account, task, bucket) WHERE ((cube = 'recipient'::text) AND (task <> '\x'::bytea));
CREATE INDEX tally_closed_by_template ON mailwright_frozen.tally_closed USING btree (account, template, bucket) WHERE (cube = 'recipient'::text);
CREATE INDEX window_hit_by_end ON mailwright_frozen.window_hit USING btree (until);
CREATE INDEX work_by_parent ON mailwright_frozen.work USING btree (kind, parent) WHERE (parent <> ''::text);
CREATE INDEX work_by_rank ON mailwright_frozen.work USING btree (kind, account, rank);
CREATE INDEX work_later ON mailwright_frozen.work USING btree (kind, due_at) WHERE (NOT ready);
CREATE INDEX work_later_by_rank ON mailwright_frozen.work USING btree (kind, rank) WHERE (NOT ready);
CREATE INDEX work_ready ON mailwright_frozen.work USING btree (kind, rank, due_at, id) WHERE ready;

-- Schema 1. Tables hold what was received and what was made of it; nobody needs to read them: the views (views.sql) are
-- for questions. Days are ISO 8601 text, moments are UTC. Ids that begin with a letter are the same in every ledger;
-- the integers that join tables are this file's own.

CREATE TABLE report (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,  -- of URL (or outlet, day and title) and text
    name         TEXT NOT NULL,         -- what the sender called it
    title        TEXT,
    published    TEXT,
    outlet       TEXT,
    url          TEXT,
    language     TEXT,
    available    TEXT NOT NULL,         -- published, or the day on which it was recorded
    recorded     TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    length       INTEGER NOT NULL,      -- code points
    body_start   INTEGER NOT NULL,
    title_start  INTEGER,
    title_end    INTEGER,
    notes        TEXT NOT NULL,         -- JSON
    revises      INTEGER REFERENCES report,
    replaced     TEXT,                  -- day from which a revision was available
    withdrawn    TEXT,                  -- day from which the report leaves all counts
    story        INTEGER NOT NULL       -- number of the report that stands for the story
) STRICT;
CREATE INDEX report_url ON report (url) WHERE url IS NOT NULL;
CREATE INDEX report_available ON report (available, outlet);
-- All that counting reports by story and by outlet reads: rows with their texts are not touched.
CREATE INDEX report_story ON report (story, available, outlet, replaced, withdrawn);
CREATE INDEX report_outlet ON report (outlet, available, story, language, replaced, withdrawn);
CREATE INDEX report_counts_no_longer ON report (number) WHERE replaced IS NOT NULL OR withdrawn IS NOT NULL;

-- Texts, apart from their reports: what is asked of these reads no text. None where it was not handed on or was redacted.
CREATE TABLE report_text (
    report  INTEGER PRIMARY KEY REFERENCES report,
    text    BLOB NOT NULL               -- zlib
) STRICT;

-- Full text. It keeps no copy of the texts.
CREATE VIRTUAL TABLE report_words USING fts5 (title, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');

-- What could not be read.
CREATE TABLE skipped (
    number    INTEGER PRIMARY KEY,
    input     TEXT NOT NULL,
    place     TEXT NOT NULL,            -- "line 5", "record 3"; empty where the input is one report
    reason    TEXT NOT NULL,
    recorded  TEXT NOT NULL,
    UNIQUE (input, place, reason)
) STRICT;

-- One pass of coding.
CREATE TABLE run (
    number    INTEGER PRIMARY KEY,
    program   TEXT NOT NULL,
    models    TEXT NOT NULL,
    codebook  TEXT NOT NULL,
    recorded  TEXT NOT NULL,
    UNIQUE (program, models, codebook)
) STRICT;

-- What a run made of a report: the public record, chancery/1, without the text.
CREATE TABLE coding (
    number  INTEGER PRIMARY KEY,
    report  INTEGER NOT NULL REFERENCES report,
    run     INTEGER NOT NULL REFERENCES run,
    record  BLOB NOT NULL,              -- JSON, zlib
    names   TEXT NOT NULL,              -- the proper names, set off by line breaks
    persons TEXT NOT NULL,              -- those of private persons among them, likewise
    UNIQUE (report, run)
) STRICT;

CREATE TABLE claim (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL,
    report       INTEGER NOT NULL REFERENCES report,
    run          INTEGER REFERENCES run,      -- null for a claim that an analyst made
    verdict      INTEGER REFERENCES verdict,  -- the verdict that made it
    stands       INTEGER NOT NULL,            -- 0: of a run that is not the latest of its report, rejected, or corrected
    kind         TEXT NOT NULL,
    category     TEXT NOT NULL,
    modes        TEXT NOT NULL,               -- set off by blanks
    contexts     TEXT NOT NULL,
    cameo        TEXT,
    predicate    TEXT NOT NULL,
    lemma        TEXT NOT NULL,
    tag          TEXT NOT NULL,               -- UPOS of the word behind the lemma
    start        INTEGER NOT NULL,            -- of the predicate, code points
    "end"        INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    direction    TEXT,
    target       TEXT,
    object       TEXT,
    granularity  TEXT NOT NULL,
    happenings   REAL,                        -- how many, where the claim counts them
    from_day     TEXT,
    to_day       TEXT,
    bound        TEXT,
    precision    TEXT,
    derived      TEXT,
    status       TEXT NOT NULL,
    factuality   REAL NOT NULL,
    background   INTEGER NOT NULL,
    nested       INTEGER NOT NULL,
    strength     TEXT,
    origin       TEXT NOT NULL,               -- who vouches for it, as a key; 'outlet' in the report's own voice
    origin_name  TEXT,
    rule         TEXT NOT NULL,
    confidence   REAL NOT NULL,
    event        INTEGER NOT NULL             -- number of the event; 0 before it is linked
) STRICT;
CREATE INDEX claim_report ON claim (report, run);
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_event ON claim (event);
CREATE INDEX claim_category ON claim (category, from_day);

CREATE TABLE participant (
    claim     INTEGER NOT NULL REFERENCES claim,
    ordinal   INTEGER NOT NULL,
    side      TEXT NOT NULL,            -- actor or recipient
    text      TEXT NOT NULL,
    actor     TEXT,                     -- of the codebook
    name      TEXT,
    country   TEXT,
    sectors   TEXT NOT NULL,            -- set off by blanks
    role      TEXT,
    part      TEXT,                     -- in talks
    inferred  INTEGER NOT NULL,
    PRIMARY KEY (claim, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_actor ON participant (actor) WHERE actor IS NOT NULL;

CREATE TABLE place (
    claim      INTEGER NOT NULL REFERENCES claim,
    ordinal    INTEGER NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    lat        REAL,
    lon        REAL,
    country    TEXT,
    admin1     TEXT,
    feature    TEXT,
    precision  TEXT NOT NULL,
    inferred   INTEGER NOT NULL,
    PRIMARY KEY (claim, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_country ON place (country);

CREATE TABLE figure (
    claim        INTEGER NOT NULL REFERENCES claim,
    ordinal      INTEGER NOT NULL,
    role         TEXT NOT NULL,
    low          REAL,
    best         REAL,
    high         REAL,
    approximate  INTEGER NOT NULL,
    unit         TEXT,
    counts       TEXT,
    text         TEXT NOT NULL,
    part         INTEGER NOT NULL,      -- 1: counted in another figure of the claim
    PRIMARY KEY (claim, ordinal)
) STRICT, WITHOUT ROWID;

-- The statements that a claim rests on, from the innermost outwards.
CREATE TABLE voice (
    claim    INTEGER NOT NULL REFERENCES claim,
    depth    INTEGER NOT NULL,          -- 0: vouches for the claim
    text     TEXT NOT NULL,
    actor    TEXT,
    name     TEXT,
    country  TEXT,
    sectors  TEXT NOT NULL,
    basis    TEXT,
    stake    TEXT,
    manner   TEXT NOT NULL,
    PRIMARY KEY (claim, depth)
) STRICT, WITHOUT ROWID;

CREATE TABLE facet (
    claim    INTEGER NOT NULL REFERENCES claim,
    ordinal  INTEGER NOT NULL,
    facet    TEXT NOT NULL,
    field    TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (claim, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_name ON facet (facet);

-- Between claims: of one report as it was read ("denies", "content"), or across reports ("fulfils", "includes").
CREATE TABLE relation (
    claim  INTEGER NOT NULL REFERENCES claim,
    kind   TEXT NOT NULL,
    other  INTEGER NOT NULL REFERENCES claim,
    PRIMARY KEY (claim, kind, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_other ON relation (other);

-- By what a report is found again: keys of its wording, 24 bits each, and above them 8 bits of the period
-- (linking/stories.rs): a ledger that grows in the order of days writes where it wrote before, however long it is.
CREATE TABLE wording (
    key     INTEGER NOT NULL,
    report  INTEGER NOT NULL,           -- its number, below zero if it has few keys: then one in common is enough
    PRIMARY KEY (key, report)
) STRICT, WITHOUT ROWID;

-- Decisions between two reports that look alike; left has the smaller id.
CREATE TABLE likeness (
    left      INTEGER NOT NULL REFERENCES report,
    right     INTEGER NOT NULL REFERENCES report,
    verdict   TEXT NOT NULL,            -- copy, part or independent
    score     REAL NOT NULL,            -- probability that both descend from one text
    evidence  REAL NOT NULL,            -- the same as a sum, positive for a copy
    same      INTEGER NOT NULL,         -- 1: the same text after normalisation
    reasons   TEXT NOT NULL,
    PRIMARY KEY (left, right)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_right ON likeness (right);

-- By what reports on the same matter are found: keys of two things that mark a matter, and the week to which they belong.
CREATE TABLE matter (
    key     INTEGER NOT NULL,
    week    INTEGER NOT NULL,           -- weeks since 1970-01-01
    report  INTEGER NOT NULL REFERENCES report,
    PRIMARY KEY (key, week, report)
) STRICT, WITHOUT ROWID;

-- Decisions between two claims; left has the smaller id.
CREATE TABLE link (
    left     INTEGER NOT NULL REFERENCES claim,
    right    INTEGER NOT NULL REFERENCES claim,
    score    REAL NOT NULL,
    reasons  TEXT NOT NULL,
    PRIMARY KEY (left, right)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_right ON link (right);

-- What analysts decided. Entries are never changed; taking one back is another entry.
CREATE TABLE verdict (
    number    INTEGER PRIMARY KEY,
    target    TEXT NOT NULL,            -- claim, event, story or report
    id        TEXT NOT NULL,            -- of the target
    decision  TEXT NOT NULL,            -- accept, correct, reject, add, unsure, merge, split, withdraw, undo
    field     TEXT,                     -- of a correction
    value     TEXT,                     -- as it was understood; JSON where it has parts
    analyst   TEXT NOT NULL,
    reason    TEXT,
    recorded  TEXT NOT NULL,
    undoes    INTEGER REFERENCES verdict
) STRICT;
CREATE INDEX verdict_target ON verdict (target, id);
CREATE INDEX verdict_undoes ON verdict (undoes) WHERE undoes IS NOT NULL;

-- The claims or reports that a verdict is about, by their ids, as they were when it was given: those of an event, of both
-- sides of a merger, of a split. Ids, so that the next run's claims inherit it.
CREATE TABLE concerned (
    verdict  INTEGER NOT NULL REFERENCES verdict,
    ordinal  INTEGER NOT NULL,
    id       TEXT NOT NULL,
    named    INTEGER NOT NULL,          -- 1: of a split, taken out; 0: what is left
    PRIMARY KEY (verdict, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX concerned_id ON concerned (id);

-- Texts that were removed, for law or safety: what remains of the report is its row, with the hash of the text.
CREATE TABLE redaction (
    report    INTEGER PRIMARY KEY REFERENCES report,
    reason    TEXT NOT NULL,
    analyst   TEXT NOT NULL,
    recorded  TEXT NOT NULL
) STRICT;

-- Claims held to tell of the same happening; derived from claims, links and verdicts, and made anew when these change.
CREATE TABLE event (
    number           INTEGER PRIMARY KEY, -- that of one of its claims
    id               TEXT NOT NULL UNIQUE,
    kind             TEXT NOT NULL,
    category         TEXT NOT NULL,
    modes            TEXT NOT NULL,
    cameo            TEXT,
    granularity      TEXT NOT NULL,
    status           TEXT NOT NULL,
    disputed         INTEGER NOT NULL,    -- 1: somebody says that it did not happen
    from_day         TEXT,
    to_day           TEXT,
    precision        TEXT,
    place            TEXT,
    lat              REAL,
    lon              REAL,
    country          TEXT,
    admin1           TEXT,
    place_precision  TEXT,
    actors           TEXT NOT NULL,       -- names, set off by "; "
    recipients       TEXT NOT NULL,
    told             TEXT NOT NULL,       -- the words of the claim that stands for it
    claims           INTEGER NOT NULL,
    reports          INTEGER NOT NULL,
    outlets          INTEGER NOT NULL,
    stories          INTEGER NOT NULL,
    origins          INTEGER NOT NULL,
    first_available  TEXT NOT NULL,
    last_available   TEXT NOT NULL,
    confidence       REAL NOT NULL
) STRICT;
CREATE INDEX event_day ON event (from_day, to_day);
CREATE INDEX event_last ON event (last_available);
CREATE INDEX event_country ON event (country, from_day);

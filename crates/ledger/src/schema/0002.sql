-- Schema 2. Who is to read what, and changes that leave no entry of their own.

-- A report that an analyst is to read. Blind: without what the program or anybody else has found in it; what the analyst
-- finds is then a sheet, and changes nothing in the ledger.
CREATE TABLE assignment (
    number    INTEGER PRIMARY KEY,
    report    INTEGER NOT NULL REFERENCES report,
    analyst   TEXT NOT NULL COLLATE NOCASE,
    blind     INTEGER NOT NULL,
    giver     TEXT NOT NULL,            -- who assigned it
    recorded  TEXT NOT NULL,
    sheet     TEXT,                     -- JSON: the claims that a blind reader has found
    done      TEXT,                     -- when it was handed in
    UNIQUE (report, analyst, blind)
) STRICT;
CREATE INDEX assignment_analyst ON assignment (analyst, blind);

-- What somebody did beside giving verdicts and redacting: taking reports in, assigning, handing in.
CREATE TABLE change (
    number    INTEGER PRIMARY KEY,
    recorded  TEXT NOT NULL,
    who       TEXT NOT NULL,
    what      TEXT NOT NULL,
    about     TEXT NOT NULL             -- ids, set off by blanks, or how many
) STRICT;
CREATE INDEX change_recorded ON change (recorded);

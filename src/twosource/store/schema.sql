-- The case file of twosource: one DuckDB file, nothing to start.
-- `twosource trace PATH… --case FILE` keeps here what was costly to find, so that a later run on a larger
-- pile works only on what is new. Nothing in it is trusted without its key: a key covers the article's
-- text and metadata, the settings, the code and the models, so that a stale row is never used.

-- What this file is. Rows: format (the version of this schema).
CREATE TABLE IF NOT EXISTS about (
    name  VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);

-- Every article ever read into the case, as last read from its place. `value` is the Article as JSON.
CREATE TABLE IF NOT EXISTS articles (
    path   VARCHAR NOT NULL,
    record INTEGER NOT NULL,     -- line or row in the file, 0 for a file of one article
    id     VARCHAR NOT NULL,     -- id in the pile that it was last read in
    sha256 VARCHAR NOT NULL,     -- digest of text and metadata
    outlet VARCHAR NOT NULL,
    value  VARCHAR NOT NULL,
    PRIMARY KEY (path, record)
);

-- What one article gave, alone: its attributions and statements, as MessagePack (JSON knows no "70 or more").
CREATE TABLE IF NOT EXISTS examined (
    key   VARCHAR PRIMARY KEY,   -- sha256 of article digest, settings digest, code and model digests
    value BLOB NOT NULL
);

-- One vector for each text and model, so that no text is embedded twice.
CREATE TABLE IF NOT EXISTS vectors (
    model  VARCHAR NOT NULL,     -- sha256 of the model's weights
    text   VARCHAR NOT NULL,     -- sha256 of the text, UTF-8
    vector BLOB    NOT NULL,     -- float32, little endian, unit length
    PRIMARY KEY (model, text)
);

-- What the network that reads two statements together keeps of each text, so that no text is looked at twice.
CREATE TABLE IF NOT EXISTS words (
    model  VARCHAR NOT NULL,     -- sha256 over the sentence model's and the network's
    text   VARCHAR NOT NULL,     -- sha256 of the text, UTF-8
    pieces BLOB    NOT NULL,     -- int32, little endian: numbers of the text's pieces
    states BLOB    NOT NULL,     -- int8, a row of equal length for each piece
    PRIMARY KEY (model, text)
);

-- Which words every two articles share, as the last run joined them, so that a later one joins new articles only.
CREATE TABLE IF NOT EXISTS joined (
    stamp VARCHAR PRIMARY KEY,   -- digest of the code
    value BLOB NOT NULL          -- ids and digests of the articles, and rows of places, as MessagePack
);

-- Each run, so that a result can be traced to what made it.
CREATE SEQUENCE IF NOT EXISTS run_numbers;
CREATE TABLE IF NOT EXISTS runs (
    number   INTEGER PRIMARY KEY DEFAULT nextval('run_numbers'),
    finished TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT current_timestamp,
    version  VARCHAR NOT NULL,
    settings VARCHAR NOT NULL,   -- digest of the settings
    articles VARCHAR NOT NULL,   -- digest of the article digests, in order
    count    INTEGER NOT NULL,   -- of articles
    reused   INTEGER NOT NULL    -- of them, how many were taken from `examined`
);

-- The last run's claims, for whoever wants to ask in SQL.
CREATE TABLE IF NOT EXISTS claims (
    id            VARCHAR PRIMARY KEY,
    text          VARCHAR NOT NULL,
    articles      INTEGER NOT NULL,  -- that assert it
    at_least      INTEGER NOT NULL,
    most_likely   INTEGER,           -- NULL where withheld
    at_most       INTEGER NOT NULL,
    p_two_or_more DOUBLE,            -- NULL where withheld
    withheld      VARCHAR            -- the reason, NULL where not withheld
);

-- The last run as a whole, so that a claim is shown without tracing again. Taken only where `key` is that of the run asked for.
CREATE TABLE IF NOT EXISTS findings (
    part  VARCHAR PRIMARY KEY,   -- key, articles (path, record, id and digest of each), settings, registry (rows of a file
                                 -- that was given), claims, statements, and so on as in Findings
    value BLOB NOT NULL          -- MessagePack
);

-- What people decided (`twosource case`). Nothing that is found again is kept here, and no run changes it: the other
-- tables but `articles` can be emptied at any time, this one cannot be made again.
CREATE SEQUENCE IF NOT EXISTS judgement_numbers;
CREATE TABLE IF NOT EXISTS judgements (
    number  INTEGER PRIMARY KEY DEFAULT nextval('judgement_numbers'),
    kind    VARCHAR NOT NULL,    -- claim, name, source, owner, copy
    verdict VARCHAR NOT NULL,    -- same, different, unsure
    who     VARCHAR NOT NULL,    -- as given, '' where nobody is named
    decided VARCHAR NOT NULL,    -- day or moment, ISO 8601
    note    VARCHAR NOT NULL,
    value   VARCHAR NOT NULL     -- the Judgement as JSON, as `twosource case judgements --export` writes it
);

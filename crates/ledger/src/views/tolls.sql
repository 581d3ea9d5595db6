-- Tolls: what was said, what each origin holds, and what named policies make of it. An origin is a speaker, or the story
-- itself where it speaks in its own voice or for somebody it does not name.

-- The policies by which one number is taken from several.
CREATE VIEW policies AS
SELECT 'most-held' AS policy, 'best is the value that most origins hold, among equals the lower; low and high are the least and the greatest that any origin holds' AS meaning
UNION ALL SELECT 'weighted', 'best is the average of the origins'' values, each origin with the same weight; averaged is 1 where they differ; low and high as for most-held'
UNION ALL SELECT 'latest', 'best is the value told last, among those of one day the one that most origins hold, among equals the lower; low and high are the least and the greatest of that day';

-- Figures of the dead, hurt, missing, taken and driven out, one row a figure; those that differ stand side by side.
CREATE VIEW tolls AS
SELECT claims.event_number, claims.number AS claim_number, claims.id AS claim, figure.role, figure.low, figure.best, figure.high, figure.approximate, figure.unit,
    figure.counts, figure.text, figure.part, claims.status, claims.speaker, claims.outlet, claims.story, claims.available,
    CASE WHEN claims.origin IN ('outlet', 'unnamed') THEN 'story ' || claims.story ELSE claims.origin END AS origin,
    EXISTS (SELECT 1 FROM claims AS later JOIN figure AS newer ON newer.claim = later.number
        WHERE later.event_number = claims.event_number AND newer.role = figure.role AND newer.counts IS figure.counts
        AND later.origin = claims.origin AND (claims.origin NOT IN ('outlet', 'unnamed') OR later.outlet IS claims.outlet)
        AND later.story <> claims.story AND later.available > claims.available) AS superseded
FROM claims JOIN figure ON figure.claim = claims.number
WHERE figure.role IN ('killed', 'wounded', 'missing', 'captured', 'displaced', 'arrested');

-- What each origin holds of an event: the greatest of its figures that it has not superseded, as the smaller ones may count
-- a part of the same people.
CREATE VIEW toll_origins AS
SELECT event_number, role, origin, coalesce(low, value) AS low, value, coalesce(high, value) AS high, available, claim
FROM (
    SELECT *, coalesce(best, low, high) AS value, row_number() OVER (
        PARTITION BY event_number, role, origin ORDER BY coalesce(best, low, high) DESC, available DESC, claim) AS place
    FROM tolls
    WHERE NOT part AND NOT superseded AND unit IS NULL AND coalesce(best, low, high) IS NOT NULL
        AND status IN ('occurred', 'ongoing', 'attempted')
)
WHERE place = 1;

-- Which values are held of an event, and by how many origins; the ranks are those that the policies go by.
CREATE VIEW toll_values AS
SELECT event_number, role, value, count(*) AS origins, min(low) AS low, max(high) AS high, max(available) AS latest,
    row_number() OVER (PARTITION BY event_number, role ORDER BY count(*) DESC, value) AS by_origins,
    row_number() OVER (PARTITION BY event_number, role ORDER BY max(available) DESC, count(*) DESC, value) AS by_day,
    max(max(available)) OVER (PARTITION BY event_number, role) AS last_day,
    group_concat(CASE WHEN value = CAST(value AS INTEGER) THEN CAST(value AS INTEGER) ELSE value END || ' by ' || count(*), ', ') OVER (
        PARTITION BY event_number, role ORDER BY value ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS inputs
FROM toll_origins GROUP BY event_number, role, value;

-- One row an event, role and policy.
CREATE VIEW event_tolls AS
SELECT event_number, role, policies.policy,
    CASE policies.policy WHEN 'latest' THEN min(CASE WHEN latest = last_day THEN low END) ELSE min(low) END AS low,
    CASE policies.policy
        WHEN 'most-held' THEN max(CASE WHEN by_origins = 1 THEN value END)
        WHEN 'latest' THEN max(CASE WHEN by_day = 1 THEN value END)
        ELSE round(sum(value * origins) / sum(origins), 2) END AS best,
    CASE policies.policy WHEN 'latest' THEN max(CASE WHEN latest = last_day THEN high END) ELSE max(high) END AS high,
    policies.policy = 'weighted' AND count(*) > 1 AS averaged,
    sum(origins) AS origins, max(inputs) AS inputs
FROM toll_values CROSS JOIN policies GROUP BY event_number, role, policies.policy;

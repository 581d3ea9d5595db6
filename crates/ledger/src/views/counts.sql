-- Whether an event happened, by what each origin says of it, under the same policies as tolls.

-- Events with who, what, when and where. The table of the same content is the program's own.
CREATE VIEW events AS
SELECT number, id, kind, category, modes, cameo, granularity, status, disputed, from_day, to_day, precision, place, admin1, country,
    lat, lon, place_precision, actors, recipients, told, claims, reports, outlets, stories, origins, first_available, last_available,
    confidence
FROM event;

-- What each origin said last of whether an event happened; of one day a denial goes before.
CREATE VIEW event_origins AS
SELECT event_number, origin, vouches, available, claim
FROM (
    SELECT event_number, id AS claim, available, status <> 'negated' AS vouches,
        CASE WHEN origin IN ('outlet', 'unnamed') THEN 'story ' || story ELSE origin END AS origin,
        row_number() OVER (
            PARTITION BY event_number, CASE WHEN origin IN ('outlet', 'unnamed') THEN 'story ' || story ELSE origin END
            ORDER BY available DESC, status <> 'negated', id) AS place
    FROM claims WHERE status IN ('occurred', 'ongoing', 'negated')
)
WHERE place = 1;

-- How far an event counts as one that happened: from 0 to 1, one row an event and policy.
CREATE VIEW event_counts AS
SELECT event_number, policies.policy,
    CASE policies.policy WHEN 'latest' THEN latest_denying = 0 AND latest_vouching > 0 ELSE denying = 0 AND vouching > 0 END AS low,
    CASE policies.policy WHEN 'most-held' THEN vouching > denying WHEN 'latest' THEN latest_vouching > latest_denying
        ELSE round(1.0 * vouching / (vouching + denying), 4) END AS best,
    CASE policies.policy WHEN 'latest' THEN latest_vouching > 0 ELSE vouching > 0 END AS high,
    policies.policy = 'weighted' AND vouching > 0 AND denying > 0 AS averaged,
    vouching, denying
FROM (
    SELECT event_number, sum(vouches) AS vouching, sum(NOT vouches) AS denying,
        sum(vouches AND available = last_day) AS latest_vouching, sum(NOT vouches AND available = last_day) AS latest_denying
    FROM (SELECT *, max(available) OVER (PARTITION BY event_number) AS last_day FROM event_origins)
    GROUP BY event_number
)
CROSS JOIN policies;

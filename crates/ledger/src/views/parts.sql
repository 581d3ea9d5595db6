-- The parts of the claims that count, one row each.

CREATE VIEW participants AS
SELECT claims.id AS claim, claims.event_number, side, ordinal, text, actor, name, participant.country, sectors, role, part, inferred
FROM participant JOIN claims ON claims.number = participant.claim;

CREATE VIEW places AS
SELECT claims.id AS claim, claims.event_number, ordinal, name, role, lat, lon, place.country, admin1, feature, place.precision, inferred
FROM place JOIN claims ON claims.number = place.claim;

CREATE VIEW figures AS
SELECT claims.id AS claim, claims.event_number, ordinal, role, low, best, high, approximate, unit, counts, text, part
FROM figure JOIN claims ON claims.number = figure.claim;

-- The statements that a claim rests on; depth 0 vouches for it.
CREATE VIEW voices AS
SELECT claims.id AS claim, claims.event_number, depth, text, actor, name, voice.country, sectors, basis, stake, manner
FROM voice JOIN claims ON claims.number = voice.claim;

-- The views for questions. "reports" and everything below it counts what counts: no text that a revision has replaced, no
-- report withdrawn, no claim rejected or of an older run.

CREATE VIEW reports AS
SELECT report.number, report.id, name, title, published, outlet, url, language, available, recorded, sha256, length,
    (SELECT head.id FROM report AS head WHERE head.number = report.story) AS story, report.story AS story_number
FROM report WHERE {counts};

-- What analysts decided; "undone" is the number of the entry that takes it back.
CREATE VIEW verdicts AS
SELECT verdict.number, verdict.target, verdict.id, verdict.decision, verdict.field, verdict.value, verdict.analyst, verdict.reason,
    verdict.recorded, verdict.undoes, (SELECT later.number FROM verdict AS later WHERE later.undoes = verdict.number) AS undone
FROM verdict;

CREATE VIEW claims AS
SELECT claim.number, claim.id, claim.report AS report_number, reports.id AS report, reports.story, reports.outlet, reports.available,
    claim.event AS event_number, claim.kind, claim.category, claim.modes, claim.contexts, claim.cameo, claim.predicate, claim.lemma,
    (SELECT group_concat(coalesce(name, text), '; ') FROM (SELECT * FROM participant WHERE claim = claim.number AND side = 'actor' ORDER BY ordinal)) AS actors,
    (SELECT group_concat(coalesce(name, text), '; ') FROM (SELECT * FROM participant WHERE claim = claim.number AND side = 'recipient' ORDER BY ordinal)) AS recipients,
    claim.from_day, claim.to_day, claim.bound, claim.precision, claim.derived,
    (SELECT name FROM place WHERE claim = claim.number ORDER BY ordinal LIMIT 1) AS place,
    (SELECT country FROM place WHERE claim = claim.number AND country IS NOT NULL ORDER BY ordinal LIMIT 1) AS country,
    (SELECT group_concat(role || ' ' || text, '; ') FROM (SELECT * FROM figure WHERE claim = claim.number ORDER BY ordinal)) AS figures,
    claim.status, claim.factuality, claim.background, claim.nested, claim.granularity,
    claim.origin_name AS speaker, claim.origin, claim.rule, claim.confidence, claim.start, claim."end", claim.sentence_start, claim.sentence_end,
    (SELECT decision FROM verdicts JOIN concerned ON concerned.verdict = verdicts.number
        WHERE concerned.id = claim.id AND decision IN ('accept', 'unsure', 'correct', 'add') AND undone IS NULL
        ORDER BY verdicts.number DESC LIMIT 1) AS verdict
FROM claim JOIN reports ON reports.number = claim.report WHERE claim.stands;

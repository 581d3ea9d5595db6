-- A question, not yet a view: `views` puts the finer area, the columns and the choice of events in the places in braces.
WITH RECURSIVE
counted AS MATERIALIZED (
    SELECT event.number, event.category, event.country, coalesce({area}, '') AS area, substr(event.from_day, 1, 7) AS month
    FROM event WHERE {counted} AND {where}
),
happened AS MATERIALIZED (
    SELECT country, area, month, policy, {categories},
        sum(low) AS events_low, sum(best) AS events_best, sum(high) AS events_high, sum(averaged) AS averaged
    FROM counted JOIN event_counts ON event_counts.event_number = counted.number
    GROUP BY country, area, month, policy
),
hurt AS MATERIALIZED (
    SELECT country, area, month, policy, {tolls}, sum(toll.averaged) AS averaged
    FROM counted JOIN event_tolls AS toll ON toll.event_number = counted.number
        JOIN event_counts AS counts USING (event_number, policy)
    GROUP BY country, area, month, policy
),
here AS MATERIALIZED (
    SELECT place.country, coalesce({place_area}, '') AS area, substr(claims.available, 1, 7) AS month,
        count(DISTINCT claims.report) AS reports, count(DISTINCT claims.story) AS stories
    FROM claims JOIN place ON place.claim = claims.number WHERE place.country IS NOT NULL GROUP BY 1, 2, 3
),
everywhere AS MATERIALIZED (
    SELECT substr(available, 1, 7) AS month, count(*) AS reports, count(DISTINCT story) AS stories FROM reports GROUP BY 1
),
calendar AS (
    SELECT min(month) AS month, max(month) AS last FROM everywhere HAVING count(*) > 0
    UNION ALL SELECT substr(date(month || '-01', '+1 month'), 1, 7), last FROM calendar WHERE month < last
),
cells AS (
    SELECT areas.country, areas.area, calendar.month
    FROM (SELECT DISTINCT country, area FROM counted UNION SELECT DISTINCT country, area FROM here) AS areas CROSS JOIN calendar
    UNION SELECT country, area, month FROM counted
)
SELECT cells.country, {area_column}cells.month, policies.policy, {columns},
    coalesce(happened.averaged, 0) + coalesce(hurt.averaged, 0) AS averaged,
    coalesce(here.reports, 0) AS reports_here, coalesce(here.stories, 0) AS stories_here,
    coalesce(everywhere.reports, 0) AS reports_read, coalesce(everywhere.stories, 0) AS stories_read
FROM cells CROSS JOIN policies
    LEFT JOIN happened USING (country, area, month, policy)
    LEFT JOIN hurt USING (country, area, month, policy)
    LEFT JOIN here USING (country, area, month)
    LEFT JOIN everywhere USING (month)

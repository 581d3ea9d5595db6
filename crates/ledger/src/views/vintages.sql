-- How the record of a day grew: events of the day (those that have one) by how many days later it was first said that they
-- happened; below 0 where it was said before the day. "known" adds up "new".
SELECT country, day, since, new, sum(new) OVER (PARTITION BY country, day ORDER BY since) AS known
FROM (
    SELECT coalesce(event.country, '') AS country, event.from_day AS day,
        CAST(julianday(first.available) - julianday(event.from_day) AS INTEGER) AS since, count(*) AS new
    FROM (SELECT event_number, min(available) AS available FROM claims WHERE status IN ('occurred', 'ongoing')
            GROUP BY event_number) AS first
        JOIN event ON event.number = first.event_number
    WHERE event.kind = 'event' AND event.granularity = 'single' AND event.from_day = event.to_day AND {where}
    GROUP BY 1, 2, 3
)

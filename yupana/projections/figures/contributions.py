"""The one formula of all figures of obligations, as one SQL text for both databases; of progress see `progress`.

It counts what stands in rows whose entry has a position below ``%(position)s``, so that a figure can be counted again
anywhere to the same digits. Follow and rebuild are this text with and without a choice of obligations.
"""

from __future__ import annotations

# Read from top to bottom:
#   owed       every obligation put by then, and not waived or passed to a successor by then, with its due date of then
#   accepted   its accepted versions, the last one first
#   waiting    its version that was handed in by then and not decided yet: no more than one
#   handed     that one and those before it, each with the term to mend it in and the day on which the next one came
#   chained    how often mending was too late, counted back from the one that waits; none before it keeps a first day
#   in_review  the day that will count for the one that waits if it is accepted: as rules.met_on says for the accepted
#   judged     owed with its last accepted version, whether it was met in time, and whether that hangs on the review
#   carried    (of all the items that each activity answers: the first, or the reviewer's word for it, and the others)
#              per obligation and item: the highest rung of the ladder that one activity of that version reaches
#   bases      how many obligations share scope, group and due date: so the base never unfolds entity x item.
#              A report climbs no ladder: what it answers was counted with its plan
#   parts      what each measure counts; the last SELECT adds it up
#
# CROSS JOIN ... WHERE means the same as JOIN ... ON, and keeps SQLite to the order written here: from the chosen
# obligations outwards, by indexes. A rung is reached by one activity, and known only if all it needs was asked for.
SQL = """
WITH owed AS (
    SELECT o.id, o.call_id, o.scope_id, o.level_id, {place} AS territory, o.period,
        c.asks_target, c.asks_responsible, c.asks_budget, c.expects,
        COALESCE(
            (SELECT x.due_on FROM obligations_extension x JOIN ledger_entry e ON e.id = x.entry_id
             WHERE x.obligation_id = o.id AND e.position < %(position)s ORDER BY e.position DESC LIMIT 1),
            o.due_on
        ) AS due_on
    FROM obligations_obligation o
    JOIN obligations_call c ON c.id = o.call_id
    JOIN ledger_entry put ON put.id = COALESCE(o.entry_id, c.entry_id) AND put.position < %(position)s
    WHERE {chosen} AND NOT EXISTS (
        SELECT 1 FROM obligations_waiver w JOIN ledger_entry e ON e.id = w.entry_id
        WHERE w.obligation_id = o.id AND e.position < %(position)s
    ) AND NOT EXISTS (
        SELECT 1 FROM obligations_transfer p JOIN ledger_entry e ON e.id = p.entry_id
        WHERE p.obligation_id = o.id AND e.position < %(position)s
    )
),
accepted AS (
    SELECT owed.id AS obligation_id, s.id AS submission_id, t.met_on,
        s.asks_target, s.asks_responsible, s.asks_budget,
        ROW_NUMBER() OVER (PARTITION BY owed.id ORDER BY e.position DESC) AS newest
    FROM owed CROSS JOIN submissions_submission s CROSS JOIN submissions_step t CROSS JOIN ledger_entry e
    WHERE s.obligation_id = owed.id AND t.submission_id = s.id AND t.after = 'accepted'
        AND e.id = t.entry_id AND e.position < %(position)s
),
met AS (
    SELECT obligation_id, MIN(met_on) AS met_on, COUNT(*) - COUNT(met_on) AS doubtful
    FROM accepted GROUP BY obligation_id
),
waiting AS (
    SELECT owed.id AS obligation_id, s.version
    FROM owed CROSS JOIN submissions_submission s CROSS JOIN ledger_entry e
    WHERE s.obligation_id = owed.id AND e.id = s.entry_id AND e.position < %(position)s AND NOT EXISTS (
        SELECT 1 FROM submissions_step t JOIN ledger_entry d ON d.id = t.entry_id
        WHERE t.submission_id = s.id AND d.position < %(position)s
    )
),
handed AS (
    SELECT s.obligation_id, s.version,
        CASE WHEN s.date_doubt = '' THEN s.received_on END AS came_on,
        LEAD(CASE WHEN s.date_doubt = '' THEN s.received_on END)
            OVER (PARTITION BY s.obligation_id ORDER BY s.version) AS next_on,
        (SELECT t.remedy_until FROM submissions_step t JOIN ledger_entry e ON e.id = t.entry_id
         WHERE t.submission_id = s.id AND t.after = 'returned' AND e.position < %(position)s) AS remedy_until
    FROM waiting CROSS JOIN submissions_submission s CROSS JOIN ledger_entry e
    WHERE s.obligation_id = waiting.obligation_id AND s.version <= waiting.version
        AND e.id = s.entry_id AND e.position < %(position)s
),
chained AS (
    SELECT obligation_id, version, came_on,
        SUM(CASE WHEN next_on <= remedy_until THEN 0 ELSE 1 END)
            OVER (PARTITION BY obligation_id ORDER BY version DESC) AS cuts
    FROM handed
),
in_review AS (
    SELECT obligation_id, came_on FROM (
        SELECT obligation_id, came_on, ROW_NUMBER() OVER (PARTITION BY obligation_id ORDER BY version) AS oldest
        FROM chained WHERE cuts = 1
    ) AS chain WHERE oldest = 1
),
judged AS (
    SELECT owed.id, call_id, scope_id, level_id, territory, period, expects, last.submission_id,
        COALESCE(owed.due_on, %(undated)s) AS due_on,
        CASE WHEN last.submission_id IS NULL THEN 0 ELSE 1 END AS is_met,
        CASE WHEN met.met_on <= owed.due_on THEN 1 ELSE 0 END AS in_time,
        CASE WHEN met.met_on <= owed.due_on THEN 0 WHEN in_review.came_on <= owed.due_on THEN 1 ELSE 0
            END AS time_hangs,
        CASE WHEN owed.due_on IS NULL THEN 1 WHEN met.met_on <= owed.due_on THEN 0 WHEN met.doubtful > 0 THEN 1
            WHEN in_review.obligation_id IS NOT NULL AND in_review.came_on IS NULL THEN 1 ELSE 0 END AS time_unknown,
        CASE WHEN NOT COALESCE(last.asks_target, owed.asks_target) THEN 1
            WHEN NOT COALESCE(last.asks_responsible, owed.asks_responsible) THEN 2
            WHEN NOT COALESCE(last.asks_budget, owed.asks_budget) THEN 3
            ELSE 4 END AS asked_rung
    FROM owed
    LEFT JOIN accepted last ON last.obligation_id = owed.id AND last.newest = 1
    LEFT JOIN met ON met.obligation_id = owed.id
    LEFT JOIN in_review ON in_review.obligation_id = owed.id
),
activities AS (
    SELECT judged.id AS obligation_id, a.id AS activity_id, a.item_id,
        CASE WHEN a.indicator = '' OR a.target = '' THEN 1
            WHEN a.responsible = '' THEN 2
            WHEN a.budget_cents IS NULL THEN 3
            ELSE 4 END AS rung,
        (SELECT r.id FROM commitments_reclassification r JOIN ledger_entry e ON e.id = r.entry_id
         WHERE r.activity_id = a.id AND e.position < %(position)s ORDER BY e.position DESC LIMIT 1) AS review_id
    FROM judged CROSS JOIN commitments_activity a
    WHERE is_met = 1 AND expects <> 'progress' AND a.submission_id = judged.submission_id
),
carried AS (
    SELECT obligation_id, item_id, MAX(rung) AS rung
    FROM (
        SELECT obligation_id, CASE WHEN r.id IS NULL THEN activities.item_id ELSE r.item_id END AS item_id, rung
        FROM activities LEFT JOIN commitments_reclassification r ON r.id = review_id
        UNION ALL
        SELECT obligation_id, x.item_id, rung
        FROM activities CROSS JOIN commitments_also x WHERE x.activity_id = activities.activity_id
    ) AS answers
    GROUP BY obligation_id, item_id
),
bases AS (
    SELECT call_id, scope_id, level_id, territory, period, due_on, asked_rung, COUNT(*) AS number
    FROM judged WHERE expects <> 'progress' GROUP BY call_id, scope_id, level_id, territory, period, due_on, asked_rung
),
rungs AS (
    SELECT 1 AS rung, 'incorporation.answered' AS measure
    UNION ALL SELECT 2, 'incorporation.target'
    UNION ALL SELECT 3, 'incorporation.responsible'
    UNION ALL SELECT 4, 'incorporation.budget'
),
parts AS (
    SELECT 'coverage' AS measure, call_id, CAST(NULL AS BIGINT) AS item_id, level_id, territory, period, due_on,
        is_met AS done, 1 AS due, 0 AS unknown
    FROM judged
    UNION ALL
    SELECT 'timeliness', call_id, CAST(NULL AS BIGINT), level_id, territory, period, due_on,
        in_time, 1 - time_unknown, time_unknown
    FROM judged WHERE time_hangs = 0
    UNION ALL
    SELECT measure, call_id, i.item_id, level_id, territory, period, due_on,
        0, CASE WHEN rung <= asked_rung THEN number ELSE 0 END, CASE WHEN rung <= asked_rung THEN 0 ELSE number END
    FROM bases CROSS JOIN obligations_scopeitem i CROSS JOIN rungs
    WHERE i.scope_id = bases.scope_id
    UNION ALL
    SELECT measure, call_id, i.item_id, level_id, territory, period, due_on, 1, 0, 0
    FROM carried CROSS JOIN judged CROSS JOIN obligations_scopeitem i CROSS JOIN rungs
    WHERE judged.id = carried.obligation_id AND i.scope_id = judged.scope_id AND i.item_id = carried.item_id
        AND rungs.rung <= carried.rung AND rungs.rung <= asked_rung
)
SELECT measure, call_id, item_id, level_id, territory, period, due_on,
    CAST(SUM(done) AS BIGINT) AS done, CAST(SUM(due) AS BIGINT) AS due, CAST(SUM(unknown) AS BIGINT) AS unknown
FROM parts GROUP BY measure, call_id, item_id, level_id, territory, period, due_on
"""

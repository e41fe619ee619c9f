"""Who may read each text column of the tables: what a migration adds has to be added here."""

from __future__ import annotations

# open: for everybody. said: one of a few words of the program. plan, call, edition: for whoever may read that plan,
# that call, that edition; comment: for everybody once it is answered and not withheld. colleague: for who acts
# for the same entity and who lets people in; contact: for who tries to reach them. ours: for the
# authority until it is published. hidden: for no page at all,
# whatever the plan. secret: keys of people and of the record.
COLUMNS = """
open     entities.GovernmentLevel code name_es name_en
open     entities.Entity source source_id code name acronym kind sector territory category path search_key sort_key
open     entities.Registration content
open     entities.Succession act
open     instruments.Instrument code kind
edition  instruments.Instrument title
edition  instruments.Edition title legal_basis more
open     instruments.Edition code act
said     instruments.Edition state
hidden   instruments.Edition source_digest
edition  instruments.Item text body legal_basis audience target more
open     instruments.Item code lineage origins
said     instruments.Item role transition
hidden   instruments.Item source_ref
edition  instruments.Unplaced where text
said     instruments.Unplaced why
edition  instruments.Aside fields
open     instruments.Aside lineage
edition  instruments.Document name
open     instruments.Document digest
said     instruments.Document media_type
open     instruments.Repeal act reason
open     instruments.Consultation text
comment  instruments.Comment text
open     instruments.Comment lineage item
open     instruments.Answer text
said     instruments.Answer verdict
said     instruments.Alignment kind
open     instruments.AlignmentEnd reason
call     obligations.Call code title
open     obligations.Call audience
said     obligations.Call state period expects visibility plan_type calendar
hidden   obligations.Scope digest
said     obligations.Obligation period subject
open     obligations.Obligation territory
call     obligations.Extension reason act
call     obligations.Waiver reason act
call     obligations.Plea reason answer
call     obligations.Transfer reason act
plan     commitments.Partnership activity part answer
said     obligations.Holiday calendar
open     obligations.Holiday territory name act
plan     submissions.Submission cites resolution document_url notes reason act ready_note
plan     submissions.Document name
said     submissions.Document kind media_type
open     submissions.Document digest
plan     commitments.Justification text
said     commitments.Justification rule
plan     commitments.Upload name told
open     commitments.Upload digest
plan     commitments.Mapping name columns
open     commitments.Mapping signature
said     submissions.Submission state channel date_doubt resolution_state
hidden   submissions.Submission source_ref source_digest source
said     submissions.Step before after
plan     submissions.Step reason
plan     submissions.Remark text
plan     submissions.Step looked
plan     submissions.Look text
said     submissions.Look subject verdict
plan     commitments.Activity name responsible result indicator target starts ends notes
plan     commitments.Activity person unit baseline verification derives waits
said     commitments.Activity medium carried accumulation direction
plan     commitments.BudgetLine category source body object
said     commitments.Programmed period
hidden   commitments.Activity source_ref source
plan     commitments.Reclassification reason
plan     commitments.Likeness note
said     commitments.Likeness verdict
hidden   commitments.Unplaced where source
said     commitments.Unplaced why
plan     progress.Verdict basis
plan     progress.Dispute text answer
plan     progress.Corrective text
plan     progress.CorrectiveStep text
said     progress.CorrectiveStep after
plan     progress.Progress variation done next_step
said     progress.Progress gap cause
plan     progress.Measured note
said     progress.Measured gap
open     progress.Sheet name definition unit numerator denominator audience responsible gaps
said     progress.Sheet method direction over_time over_bodies source frequency
said     progress.Rhythm frequency
secret   people.Person password username email
colleague people.Person display_name
colleague people.Mandate letter
said     people.Mandate role
contact  obligations.Contact cite note
said     obligations.Contact how
plan     progress.Evidence name url note
open     progress.Evidence digest
said     progress.Evidence kind media_type visibility
open     progress.Fetch digest
said     progress.Fetch media_type refusal
open     progress.Scheme bands act
ours     progress.Evaluation title words
open     progress.Evaluation code digest
said     progress.Evaluation period formula
said     notices.Outbox rule subject state
hidden   notices.Outbox address problem
said     notices.Filled name
secret   sessions.Session session_key session_data
secret   ledger.Salt salt
open     ledger.Entry leaf leaf_hash
open     ledger.Checkpoint root peaks
hidden   ledger.Erasure act
hidden   ledger.Resumption act
said     figures.Cell measure period
open     figures.Cell territory
said     figures.Cursor name formula
said     contenttypes.ContentType app_label model
said     auth.Permission name codename
said     auth.Group name
"""

/** What a delivery keeps when it is finished and its row moves from `queue` into `deliveries`. */
export const movedColumns =
  'id, event_id, automation_id, automation_revision, webhook_id, team_id, message_id, subject, subject_seq, in_order, created_at, body, redelivery_of'

export type NumberPurpose =
  | 'position'
  | `audit_page:${string}`
  | `own_audit_page:${string}`
  | 'accounts_cursor'
  | 'live_cursor'
  | 'own_live_cursor'
  | 'event_position'
  | 'radius_cursor'

/** Whoever holds a sealed number can neither read it nor make up another. Every node of a cluster opens it. */
export type SealedNumbers = {
  readonly seal: (purpose: NumberPurpose, number: number) => string
  readonly open: (purpose: NumberPurpose, text: string) => number | undefined
}

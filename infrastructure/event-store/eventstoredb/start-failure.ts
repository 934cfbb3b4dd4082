/**
 * Why the cluster's log cannot be opened. `detail` is a sentence for the operator; the connection string and what stands in it
 * are never in it.
 *
 * - `malformed`: the connection string cannot be read, or asks for what the client does not honour.
 * - `not_secure`: no TLS, no credentials or the ones that every server starts with, and development was not declared.
 * - `access_denied`: the server knows the user and does not let it read the whole log, or does not know it.
 * - `unavailable`: no server answered in time.
 */
export type EventStoreDbStartFailure = {
  readonly type: 'malformed' | 'not_secure' | 'access_denied' | 'unavailable'
  readonly detail: string
}

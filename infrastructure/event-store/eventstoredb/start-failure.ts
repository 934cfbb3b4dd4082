/**
 * `detail` never contains any part of the connection string.
 *
 * - `malformed`: unreadable, or an option that the client does not support.
 * - `not_secure`: no TLS, or no credentials of your own, without `development`.
 * - `no_client`: `@eventstore/db-client` is not installed, or another version of it.
 * - `access_denied`: wrong credentials, or no right to read the whole log.
 */
export type EventStoreDbStartFailure = {
  readonly type: 'malformed' | 'not_secure' | 'no_client' | 'access_denied' | 'unavailable'
  readonly detail: string
}

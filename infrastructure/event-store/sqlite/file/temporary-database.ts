import Database from 'better-sqlite3'

/** In a temporary file that only this connection sees and that ends with it, because what is worked out there can be larger than the memory. */
export function openTemporaryDatabase(): Database.Database {
  return new Database('')
}

import { dataKeyStream } from '../../../../../domain/kernel/streams.ts'

/** Which rows of the log are leaves, as a condition in SQL: of key streams only the newest event is kept, and a node has none. */
export const inTree = `stream NOT GLOB '${dataKeyStream('*')}'`

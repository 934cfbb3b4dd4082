import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { createLog, type StoredEvent } from './log.ts'

const lineOf = ({ data, metadata, ...event }: StoredEvent) =>
  `${JSON.stringify({ ...event, data: Buffer.from(data).toString('base64'), metadata: Buffer.from(metadata).toString('base64') })}\n`

const eventIn = (line: string): StoredEvent => {
  const { data, metadata, ...event } = JSON.parse(line)
  return { ...event, data: new Uint8Array(Buffer.from(data, 'base64')), metadata: new Uint8Array(Buffer.from(metadata, 'base64')) }
}

/** The events of the file up to its last whole line. An interrupted write was never acknowledged and is removed. */
const kept = (file: string): readonly StoredEvent[] => {
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  const end = bytes.lastIndexOf('\n') + 1
  if (end < bytes.length) truncateSync(file, end)
  const lines = bytes.subarray(0, end).toString('utf8').split('\n')
  return lines.filter((line) => line !== '').map(eventIn)
}

/** The log on disk, one line per event. An append is on disk before it is acknowledged. */
export const openFileLog = (file: string) => {
  const events = kept(file)
  const descriptor = openSync(file, 'a', 0o600)
  const log = createLog(events, (recorded) => {
    writeSync(descriptor, recorded.map(lineOf).join(''))
    fsyncSync(descriptor)
  })
  return { log, close: () => closeSync(descriptor) }
}

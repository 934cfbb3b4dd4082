import { rmSync } from 'node:fs'
import { startFailure } from '../sqlite-error.ts'
import { type OpenLogFile, openLogFile } from './open-log-file.ts'

const endings = ['', '-wal', '-shm', '-journal']

/** What is wrong with the file itself, and not with what is around it. */
const isWorthless = new Set(['damaged', 'newer_schema', 'older_schema'])

/** A node's copy of a log, for whoever is to write it. A damaged one is thrown away: all that stands in it is in the log. */
export function openReplicaFile({ file }: Pick<OpenLogFile, 'file'>): ReturnType<typeof openLogFile> {
  try {
    return openLogFile({ file, create: true, kind: 'copy' })
  } catch (error) {
    if (!isWorthless.has(startFailure(error, file).type)) throw error
    for (const ending of endings) rmSync(`${file}${ending}`, { force: true })
    return openLogFile({ file, create: true, kind: 'copy' })
  }
}

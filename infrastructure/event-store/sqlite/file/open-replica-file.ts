import { rmSync } from 'node:fs'
import { startFailure } from '../sqlite-error.ts'
import { type OpenLogFile, openLogFile } from './open-log-file.ts'

const endings = ['', '-wal', '-shm', '-journal']

const isWorthless = new Set(['damaged', 'newer_schema', 'older_schema'])

/** A damaged or outdated replica is deleted: everything in it is in the log. */
export function openReplicaFile({ file }: Pick<OpenLogFile, 'file'>): ReturnType<typeof openLogFile> {
  try {
    return openLogFile({ file, create: true, kind: 'copy' })
  } catch (error) {
    if (!isWorthless.has(startFailure(error, file).type)) throw error
    for (const ending of endings) rmSync(`${file}${ending}`, { force: true })
    return openLogFile({ file, create: true, kind: 'copy' })
  }
}

import { workerData } from 'node:worker_threads'
import type { ApartData, ApartResult } from './build-apart.ts'

const { log, file, names, progress, port } = workerData as ApartData

const tell = () => {
  Atomics.add(progress, 1, 1)
  Atomics.notify(progress, 1)
}
const onPage = (done: number) => {
  Atomics.store(progress, 0, done)
  tell()
}
const build = async (): Promise<ApartResult> => {
  try {
    const { buildIn } = await import('./build-in.ts')
    return { position: buildIn(file, { log, names, onPage }) }
  } catch (failure) {
    return { failure }
  }
}
port.postMessage(await build())
tell()

import type { CopyStatus } from './compare-logs.ts'

export type CopyProgress = {
  readonly type: 'comparing' | 'copying'
  readonly events: number
  readonly position: number
}

export type OnProgress = ((progress: CopyProgress) => void) | undefined

export const comparingProgress =
  (onProgress: OnProgress) =>
  ({ events, source }: CopyStatus) =>
    onProgress?.({ type: 'comparing', events, position: source.position })

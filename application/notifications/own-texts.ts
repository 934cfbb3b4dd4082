import type { MailKind } from './texts/mail-texts.ts'

type Limits = {
  /** Functions of one kind of mail that run at a time. */
  readonly parallel?: number
  /** Milliseconds for a text, its wait for a place included. */
  readonly patience?: number
  /** Milliseconds that are left for each when the process stops. */
  readonly patienceAtStop?: number
}

type Turn = PromiseWithResolvers<void>
type Line = { running: number; stuck: number; readonly waiting: Set<Turn> }

const tookTooLong = () => new Error('took too long')

const deadlines = (patience: number, patienceAtStop: number) => {
  const hurries = new Set<() => void>()
  let isStopping = false
  return {
    begin: () => {
      const { promise: passed, reject } = Promise.withResolvers<never>()
      passed.catch(() => {})
      const start = (milliseconds: number) => setTimeout(() => reject(tookTooLong()), milliseconds)
      let timer = start(isStopping ? patienceAtStop : patience)
      const hurry = () => {
        clearTimeout(timer)
        timer = start(patienceAtStop)
      }
      hurries.add(hurry)
      const clear = () => {
        clearTimeout(timer)
        hurries.delete(hurry)
      }
      return { passed, clear }
    },
    stop: () => {
      isStopping = true
      for (const hurry of hurries) hurry()
    },
  }
}

const giveBack = (line: Line) => {
  const [next] = line.waiting
  if (next === undefined) line.running -= 1
  else {
    line.waiting.delete(next)
    next.resolve()
  }
}

const takePlace = async (line: Line, parallel: number, passed: Promise<never>) => {
  if (line.running < parallel) {
    line.running += 1
    return
  }
  if (line.stuck === parallel) throw tookTooLong()
  const turn: Turn = Promise.withResolvers()
  line.waiting.add(turn)
  try {
    await Promise.race([turn.promise, passed])
  } catch (error) {
    // The place came at the same moment.
    if (!line.waiting.delete(turn)) giveBack(line)
    throw error
  }
}

const runInPlace = async (line: Line, parallel: number, write: () => unknown, passed: Promise<never>) => {
  let state: 'running' | 'stuck' | 'ended' = 'running'
  const written = (async () => write())().finally(() => {
    if (state === 'stuck') line.stuck -= 1
    state = 'ended'
    giveBack(line)
  })
  const late = passed.catch((error) => {
    if (state === 'running') {
      state = 'stuck'
      line.stuck += 1
    }
    if (line.stuck === parallel) for (const turn of line.waiting) turn.reject(error)
    throw error
  })
  return Promise.race([written, late])
}

/** Runs functions of the host app. One that never returns keeps its place: they cannot pile up, and nobody waits where all are stuck. */
export function ownTexts({ parallel = 10, patience = 5_000, patienceAtStop = 1_000 }: Limits = {}) {
  const lines = new Map<MailKind, Line>()
  const { begin, stop } = deadlines(patience, patienceAtStop)
  const lineOf = (kind: MailKind) => {
    const line = lines.get(kind) ?? { running: 0, stuck: 0, waiting: new Set() }
    lines.set(kind, line)
    return line
  }
  return {
    run: async (kind: MailKind, write: () => unknown): Promise<unknown> => {
      const line = lineOf(kind)
      const { passed, clear } = begin()
      try {
        await takePlace(line, parallel, passed)
        return await runInPlace(line, parallel, write, passed)
      } finally {
        clear()
      }
    },
    /** The process does not wait for them much longer. */
    stop,
  }
}

import { writeFileSync } from 'node:fs'

/** What a process has used, of all its threads. `resident`: MB at most. `cpu`: seconds. */
export type Used = { readonly resident: number; readonly cpu: number }

const file = process.env.BENCH_USED

// Loaded before the command, which may end the process itself.
if (file !== undefined) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    const used: Used = { resident: maxRSS / 1_024, cpu: (userCPUTime + systemCPUTime) / 1e6 }
    writeFileSync(file, JSON.stringify(used))
  })
}

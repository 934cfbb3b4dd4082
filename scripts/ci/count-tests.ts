import { existsSync, readFileSync, rmSync } from 'node:fs'
import { run, type Step } from '../checks/steps.ts'

type File = { readonly name: string; readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }

type Report = { readonly success: boolean; readonly testResults: readonly File[] }

export type Count = { readonly passed: number; readonly failed: number }

const hasOne =
  (wanted: string) =>
  ({ assertionResults }: File) =>
    assertionResults.some(({ status }) => status === wanted)

const countOf = (files: readonly File[], wanted: string) =>
  files.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === wanted).length

const passedIn = (files: readonly File[], suite: string) =>
  files.filter(hasOne('passed')).some(({ name }) => name.includes(`/test/${suite}/`))

const runVitest = (step: Step, files: readonly string[] = []) => {
  const file = `reports/${step.name.replaceAll(' ', '-')}.json`
  rmSync(file, { force: true })
  const [program, ...args] = step.command
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const succeeded = run({ ...step, command: [program, ...args, ...files, ...reporters] })
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : { success: false, testResults: [] }
  return { isGood: succeeded && report.success, files: report.testResults }
}

/**
 * Files whose process died are run once more; a test that failed is not. All threads of a process share V8's register of code pages, and
 * V8 ends the process when it misses one: https://github.com/nodejs/node/issues/64500
 */
const runTests = (step: Step) => {
  const first = runVitest(step)
  const unfinished = first.files.filter(hasOne('pending'))
  // Vitest does not name the file whose process died.
  for (const { name } of unfinished) console.log(`== ${name}: its process died`)
  if (unfinished.length === 0) return first
  const names = unfinished.map(({ name }) => name)
  const again = runVitest({ ...step, name: `${step.name} again, where a process died` }, names)
  return { ...again, files: [...first.files.filter(({ name }) => !names.includes(name)), ...again.files] }
}

/** Runs Vitest and counts its tests. An expected folder without a passed test counts as failed, so that a suite that was not found does not look like success. */
export function countTests(step: Step, expectedSuites: readonly string[]): Count {
  const { isGood, files } = runTests(step)
  const missing = expectedSuites.filter((suite) => !passedIn(files, suite))
  for (const suite of missing) console.log(`== test/${suite}: no test passed`)
  const brokenFiles = files.filter((file) => file.status === 'failed' && !hasOne('failed')(file)).length
  const failed = countOf(files, 'failed') + brokenFiles + missing.length
  return { passed: countOf(files, 'passed'), failed: failed === 0 && !isGood ? 1 : failed }
}

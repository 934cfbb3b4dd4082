import { execFileSync } from 'node:child_process'

/** The shared libraries of a program, with the loader. */
export const librariesOf = (program: string) => execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? []

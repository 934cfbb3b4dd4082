import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

export type Service = {
  readonly image: string
  readonly build?: string
  readonly command?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>> | readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly networks?: Readonly<Record<string, { readonly ipv4_address?: string }>> | readonly string[]
}

const services = (): Readonly<Record<string, Service>> => parse(read('compose.cluster.yaml'), { merge: true }).services

export const service = (name: string): Service => {
  const found = services()[name]
  if (found === undefined) throw new Error(`compose.cluster.yaml has no service ${name}`)
  return found
}

/** The services that run Gatebook. */
export const nodes = () => Object.entries(services()).filter(([, { image }]) => image === 'gatebook')

/** Replaces `${NAME:?…}` as compose does. A missing name is an error. */
export const interpolated = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${name} is not given`)
    return value
  })

/** The environment that the image sets in every container. */
export const imageEnvironment = () =>
  Object.fromEntries(
    [...(/^ENV (.*)$/m.exec(read('Dockerfile'))?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  )

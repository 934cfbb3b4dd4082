import type { ServiceSettings } from '../shapes/service-settings.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')

/** The built page with the answer of `GET /settings` in its `meta` element, because an inline script would need a hole in the policy. */
export function pageDocument(built: string, settings: ServiceSettings): string {
  const holder = '<meta name="gatebook-settings" content="">'
  if (!built.includes(holder)) throw new Error('the built page has no place for its settings')
  return built
    .replace(holder, () => `<meta name="gatebook-settings" content="${escaped(JSON.stringify(settings))}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(settings.service.name)}</title>`)
}

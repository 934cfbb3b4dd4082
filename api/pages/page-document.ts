/** Read by the pages at their start, because an inline script would need a hole in the policy. */
export type PageSettings = {
  readonly service: { readonly name: string; readonly logo: string | null; readonly color: string | null }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')

/** The built page with the settings in its `meta` element, and the name of the service as its title. */
export function pageDocument(built: string, settings: PageSettings): string {
  const holder = '<meta name="gatebook-settings" content="">'
  if (!built.includes(holder)) throw new Error('the built page has no place for its settings')
  return built
    .replace(holder, () => `<meta name="gatebook-settings" content="${escaped(JSON.stringify(settings))}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(settings.service.name)}</title>`)
}

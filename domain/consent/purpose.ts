/** By language (BCP 47). */
export type Texts = Readonly<Record<string, string>>

/** What the operator asks consent for. */
export type ConsentPurpose = { readonly purpose: string; readonly version: string; readonly title: Texts; readonly text: Texts }

/** How the platform marks the columns that it hides in a spreadsheet, in the languages where that is known. */
const KNOWN = new Set(
  [
    'Do Not Modify',
    'Nicht ändern',
    'Ne pas modifier',
    'No modificar',
    'Non modificare',
    'Niet wijzigen',
    'Não Modificar',
    'Ändra inte',
    'Må ikke ændres',
    'Ikke endre',
    'Älä muokkaa',
    'Nie modyfikuj',
    'Neupravovat',
    'Не изменять',
    '请勿修改',
    '変更しないでください',
  ].map((mark) => mark.toLowerCase()),
)

const MARKED = /^[(（]([^()（）]+)[)）]\s*(.+)$/

/**
 * Returns the hidden headings of a spreadsheet that the platform exported, with what follows their mark. They are the first ones, and the very
 * first names the table of the row's id. The mark is that of any language: a known one, or one that the first headings share.
 * Source: import formats, Sources.
 */
export function hiddenHeadings(columns: readonly string[]): Map<string, string> {
  const parts = columns.map((column) => MARKED.exec(column))
  const [first, second] = parts.map((part) => part?.[1]?.trim().toLowerCase())
  const mark = first !== undefined && first === second ? first : undefined
  return new Map(
    columns.flatMap((column, index) => {
      const [, words = '', rest = ''] = parts[index] ?? []
      const own = words.trim().toLowerCase()
      return rest !== '' && (KNOWN.has(own) || own === mark) ? [[column, rest.trim()] as const] : []
    }),
  )
}

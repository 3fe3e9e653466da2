/** Settings of the model. Readings that no source settles are settings with the likelier default. */
export interface CommerceSettings {
  /** How long a channel goes on with an old value after its data was applied. */
  csuCacheMinutes: number
  /** The account number before the next one. */
  numberSequence: string
  /** Whether a channel hides an asynchronous customer once it has the real one. */
  hideConvertedAsyncRows: boolean
}

export const DEFAULT_SETTINGS: CommerceSettings = { csuCacheMinutes: 15, numberSequence: 'C-000000', hideConvertedAsyncRows: true }

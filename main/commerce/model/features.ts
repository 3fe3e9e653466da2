/** The four switches of the asynchronous customer mode. Source: reference, section 3. */
export const FEATURES = ['performanceImprovements', 'asyncAddresses', 'enhancedAsyncCreate', 'asyncEdit'] as const
export type Feature = (typeof FEATURES)[number]

/** What `asyncEdit` needs, in no order among themselves. */
export const PREREQUISITES: readonly Feature[] = ['performanceImprovements', 'asyncAddresses', 'enhancedAsyncCreate']

export const isFeature = (name: string): name is Feature => (FEATURES as readonly string[]).includes(name)

/** The option of a channel's functionality profile. */
export const ASYNC_OPTION = 'createCustomerInAsyncMode'

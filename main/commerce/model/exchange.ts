/** Jobs of Commerce Data Exchange that carry what this model needs. Source: reference, section 4.1. */
export const DOWNLOAD_JOBS = ['1010', '1070', '1110'] as const
export const EXCHANGE_JOBS = [...DOWNLOAD_JOBS, 'P-0001'] as const
export type DownloadJob = (typeof DOWNLOAD_JOBS)[number]
export type ExchangeJob = (typeof EXCHANGE_JOBS)[number]

/** Batch jobs of headquarters that convert customers. Source: reference, sections 9 and 11. */
export const BATCHES = ['SynchronizeCustomers', 'SynchronizeOrders', 'EndOfDayPosting'] as const
export type BatchName = (typeof BATCHES)[number]

/** States of sessions of download and upload jobs. Source: reference, section 4.4. */
export const SESSION_STATES = [
  'Started',
  'Available',
  'Requested',
  'Downloaded',
  'Uploaded',
  'Applied',
  'Canceled',
  'Create failed',
  'Download failed',
  'Upload failed',
  'Apply failed',
  'No data',
  'Suspended',
] as const
export type SessionState = (typeof SESSION_STATES)[number]

/** How often a session is applied before it is suspended. Source: reference, section 4.2. */
export const SESSION_TRIES = 3

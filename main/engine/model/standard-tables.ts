/** Tables that the platform itself brings and that carry no publisher's prefix. Source: dataverse reference, section 6.1. */
const PLATFORM_TABLES: ReadonlySet<string> = new Set(
  `account actioncard activitypointer annotation appointment bookableresource bulkoperation businessunit campaign
  campaignresponse competitor connection contact contract contractdetail customeraddress customeropportunityrole
  customerrelationship email entitlement equipment fax feedback incident incidentresolution invoice invoicedetail kbarticle
  knowledgearticle knowledgearticleincident lead leadaddress letter list opportunity opportunityclose opportunityproduct
  orderclose phonecall postfollow pricelevel processsession processstage product queue queueitem quote quoteclose
  quotedetail recurringappointmentmaster salesorder salesorderdetail service serviceappointment sharepointdocumentlocation
  sla slakpiinstance socialactivity socialprofile subject systemuser task team teamtemplate transactioncurrency`.split(/\s+/),
)

/** Publishers' prefixes of Microsoft's own solutions: their tables count as the platform's. */
const PLATFORM_PREFIX = /^(?:ms[a-z]*|adx|mspp|powerpages?)_/

/** Whether the platform brings this table. */
export const isPlatformTable = (logicalName: string): boolean => PLATFORM_TABLES.has(logicalName) || PLATFORM_PREFIX.test(logicalName)

/** Whether a publisher made this table: the platform gives each such table its publisher's prefix. */
export const isCustomTable = (logicalName: string): boolean => !isPlatformTable(logicalName) && /^[a-z][a-z0-9]{1,7}_/.test(logicalName)

/** Tables whose rows merge unless a model says otherwise. Source: dataverse reference, section 3.1. */
export const mergeableByDefault = (logicalName: string): boolean => ['account', 'contact', 'lead', 'incident'].includes(logicalName)

const ACTIVE_STATES: Readonly<Record<string, number>> = {
  quote: 1,
  contract: 2,
  appointment: 3,
  serviceappointment: 3,
  recurringappointmentmaster: 3,
}

/** The state code that counts as active. Source: dataverse reference, section 6.1. */
export const activeStateByDefault = (logicalName: string): number => ACTIVE_STATES[logicalName] ?? 0

import type { ColumnDefinition, ColumnType, OptionDefinition } from '../../contract/tables.ts'

/** What the platform ships of a table, beyond ownership, key and primary name. */
export interface StandardDefinition {
  schemaName: string
  displayName: string
  states: OptionDefinition[]
  reasons: OptionDefinition[]
  columns: ColumnDefinition[]
}

/** States with their status reasons, the default one first, of tables that have no others. */
const ACTIVE_INACTIVE = '0 Active: 1 Active | 1 Inactive: 2 Inactive'
const LIST_STATES = '0 Active: 0 Active | 1 Inactive: 1 Inactive'

/**
 * Schema name, display name, and states with their status reasons, the default one first. Source: the platform's table reference pages.
 */
const DEFINITIONS: Record<string, [schemaName: string, displayName: string, states?: string]> = {
  account: ['Account', 'Account'],
  contact: ['Contact', 'Contact'],
  lead: [
    'Lead',
    'Lead',
    '0 Open: 1 New, 2 Contacted | 1 Qualified: 3 Qualified | 2 Disqualified: 4 Lost, 5 Cannot Contact, 6 No Longer Interested, 7 Canceled',
  ],
  opportunity: ['Opportunity', 'Opportunity', '0 Open: 1 In Progress, 2 On Hold | 1 Won: 3 Won | 2 Lost: 4 Canceled, 5 Out-Sold'],
  quote: [
    'Quote',
    'Quote',
    '0 Draft: 1 In Progress | 1 Active: 2 In Progress, 3 Open | 2 Won: 4 Won | 3 Closed: 5 Lost, 6 Canceled, 7 Revised',
  ],
  salesorder: [
    'SalesOrder',
    'Order',
    '0 Active: 1 New, 2 Pending | 1 Submitted: 3 In Progress | 2 Canceled: 4 No Money | 3 Fulfilled: 100001 Complete, 100002 Partial | 4 Invoiced: 100003 Invoiced',
  ],
  invoice: [
    'Invoice',
    'Invoice',
    '0 Active: 1 New, 2 Partially Shipped, 4 Billed, 5 Booked, 6 Installed | 1 Closed: 3 Canceled, 7 Paid in Full | 2 Paid: 100001 Complete, 100002 Partial | 3 Canceled: 100003 Canceled',
  ],
  incident: [
    'Incident',
    'Case',
    '0 Active: 1 In Progress, 2 On Hold, 3 Waiting for Details, 4 Researching | 1 Resolved: 5 Problem Solved, 1000 Information Provided | 2 Canceled: 6 Canceled, 2000 Merged',
  ],
  contract: [
    'Contract',
    'Contract',
    '0 Draft: 1 Draft | 1 Invoiced: 2 Invoiced | 2 Active: 3 Active | 3 On Hold: 4 On Hold | 4 Canceled: 5 Canceled | 5 Expired: 6 Expired',
  ],
  contractdetail: [
    'ContractDetail',
    'Contract Line',
    '0 Existing: 1 New | 1 Renewed: 2 Renewed | 2 Canceled: 3 Canceled | 3 Expired: 4 Expired',
  ],
  entitlement: [
    'Entitlement',
    'Entitlement',
    '0 Draft: 0 Draft | 1 Active: 1 Active | 2 Canceled: 2 Canceled | 3 Expired: 3 Expired | 4 Waiting: 1200 Waiting',
  ],
  campaign: [
    'Campaign',
    'Campaign',
    '0 Active: 0 Proposed, 1 Ready To Launch, 2 Launched, 3 Completed, 4 Canceled, 5 Suspended | 1 Inactive: 6 Inactive',
  ],
  product: ['Product', 'Product', '0 Active: 1 Active | 1 Retired: 2 Retired | 2 Draft: 0 Draft | 3 Under Revision: 3 Under Revision'],
  pricelevel: ['PriceLevel', 'Price List', '0 Active: 100001 Active | 1 Inactive: 100002 Inactive'],
  list: ['List', 'Marketing List', LIST_STATES],
  goal: ['Goal', 'Goal', '0 Active: 0 Open, 1 Closed, 2 Discarded | 1 Inactive: 3 Inactive'],
  knowledgearticle: [
    'KnowledgeArticle',
    'Knowledge Article',
    '0 Draft: 2 Draft, 1 Proposed, 3 Needs review, 4 In review | 1 Approved: 5 Approved | 2 Scheduled: 6 Scheduled | 3 Published: 7 Published, 8 Needs review, 9 Updating | 4 Expired: 10 Expired, 11 Rejected | 5 Archived: 12 Archived | 6 Discarded: 13 Discarded, 14 Rejected',
  ],
  kbarticle: ['KbArticle', 'Article', '1 Draft: 1 Draft | 2 Unapproved: 2 Unapproved | 3 Published: 3 Published'],
  task: [
    'Task',
    'Task',
    '0 Open: 2 Not Started, 3 In Progress, 4 Waiting on someone else, 7 Deferred | 1 Completed: 5 Completed | 2 Canceled: 6 Canceled',
  ],
  email: [
    'Email',
    'Email',
    '0 Open: 1 Draft, 8 Failed | 1 Completed: 2 Completed, 3 Sent, 4 Received, 6 Pending Send, 7 Sending | 2 Canceled: 5 Canceled',
  ],
  phonecall: ['PhoneCall', 'Phone Call', '0 Open: 1 Open | 1 Completed: 2 Made, 4 Received | 2 Canceled: 3 Canceled'],
  appointment: [
    'Appointment',
    'Appointment',
    '0 Open: 1 Free, 2 Tentative | 1 Completed: 3 Completed | 2 Canceled: 4 Canceled | 3 Scheduled: 5 Busy, 6 Out of Office',
  ],
  recurringappointmentmaster: [
    'RecurringAppointmentMaster',
    'Recurring Appointment',
    '0 Open: 1 Free, 2 Tentative | 1 Completed: 3 Completed | 2 Canceled: 4 Canceled | 3 Scheduled: 5 Busy, 6 Out of Office',
  ],
  serviceappointment: [
    'ServiceAppointment',
    'Service Activity',
    '0 Open: 1 Requested, 2 Tentative | 1 Closed: 8 Completed | 2 Canceled: 9 Canceled, 10 No Show | 3 Scheduled: 4 Reserved, 3 Pending, 6 In Progress, 7 Arrived',
  ],
  letter: ['Letter', 'Letter', '0 Open: 1 Open, 2 Draft | 1 Completed: 4 Sent, 3 Received | 2 Canceled: 5 Canceled'],
  fax: ['Fax', 'Fax', '0 Open: 1 Open | 1 Completed: 2 Completed, 3 Sent, 4 Received | 2 Canceled: 5 Canceled'],
  socialactivity: [
    'SocialActivity',
    'Social Activity',
    '0 Open: 5 Open, 3 Processing, 4 Failed | 1 Completed: 1 Completed | 2 Canceled: 2 Canceled',
  ],
  activitypointer: [
    'ActivityPointer',
    'Activity',
    '0 Open: 1 Open | 1 Completed: 2 Completed | 2 Canceled: 3 Canceled | 3 Scheduled: 4 Scheduled',
  ],
  opportunityproduct: ['OpportunityProduct', 'Opportunity Product'],
  quotedetail: ['QuoteDetail', 'Quote Product'],
  salesorderdetail: ['SalesOrderDetail', 'Order Product'],
  invoicedetail: ['InvoiceDetail', 'Invoice Product'],
  annotation: ['Annotation', 'Note'],
  connection: ['Connection', 'Connection'],
  connectionrole: ['ConnectionRole', 'Connection Role'],
  customeraddress: ['CustomerAddress', 'Address'],
  leadaddress: ['LeadAddress', 'Lead Address'],
  transactioncurrency: ['TransactionCurrency', 'Currency'],
  queue: ['Queue', 'Queue'],
  queueitem: ['QueueItem', 'Queue Item'],
  competitor: ['Competitor', 'Competitor'],
  subject: ['Subject', 'Subject'],
  sla: ['SLA', 'SLA', '0 Draft: 1 Draft | 1 Active: 2 Active'],
  organization: ['Organization', 'Organization'],
  workflow: ['Workflow', 'Process', '0 Draft: 1 Draft | 1 Activated: 2 Activated'],
  processstage: ['ProcessStage', 'Process Stage'],
  mailbox: ['Mailbox', 'Mailbox'],
  owner: ['Owner', 'Owner'],
  socialprofile: ['SocialProfile', 'Social Profile'],
  sharepointdocumentlocation: ['SharePointDocumentLocation', 'Document Location'],
  postfollow: ['PostFollow', 'Follow'],
  feedback: ['Feedback', 'Feedback'],
}

/** Common columns beside the primary name, which the relationships do not bring. */
const COLUMNS: Record<string, Record<string, [ColumnType, string]>> = {
  account: {
    accountnumber: ['String', 'Account Number'],
    telephone1: ['String', 'Main Phone'],
    emailaddress1: ['String', 'Email'],
    address1_city: ['String', 'City'],
    creditlimit: ['Money', 'Credit Limit'],
    revenue: ['Money', 'Annual Revenue'],
    numberofemployees: ['Integer', 'Number of Employees'],
  },
  contact: {
    firstname: ['String', 'First Name'],
    lastname: ['String', 'Last Name'],
    jobtitle: ['String', 'Job Title'],
    emailaddress1: ['String', 'Email'],
    telephone1: ['String', 'Business Phone'],
    address1_city: ['String', 'City'],
  },
  lead: {
    subject: ['String', 'Topic'],
    firstname: ['String', 'First Name'],
    lastname: ['String', 'Last Name'],
    companyname: ['String', 'Company Name'],
    emailaddress1: ['String', 'Email'],
  },
  opportunity: { estimatedvalue: ['Money', 'Est. Revenue'], estimatedclosedate: ['DateTime', 'Est. Close Date'] },
  quote: { quotenumber: ['String', 'Quote ID'], totalamount: ['Money', 'Total Amount'] },
  salesorder: { ordernumber: ['String', 'Order ID'], totalamount: ['Money', 'Total Amount'] },
  invoice: { invoicenumber: ['String', 'Invoice ID'], totalamount: ['Money', 'Total Amount'] },
  incident: { ticketnumber: ['String', 'Case Number'], description: ['Memo', 'Description'] },
  task: { description: ['Memo', 'Description'], scheduledend: ['DateTime', 'Due Date'] },
  email: { description: ['Memo', 'Description'] },
  phonecall: { description: ['Memo', 'Description'], scheduledend: ['DateTime', 'Due'] },
  appointment: { description: ['Memo', 'Description'], scheduledstart: ['DateTime', 'Start Time'], scheduledend: ['DateTime', 'End Time'] },
  annotation: { notetext: ['Memo', 'Description'] },
}

/** Returns what the platform ships of a table; for one whose names are not known, its logical name stands for them. */
export function standardDefinition(logicalName: string): StandardDefinition {
  const known = Object.hasOwn(DEFINITIONS, logicalName) ? DEFINITIONS[logicalName] : undefined
  const [schemaName, displayName, states = ACTIVE_INACTIVE] = known ?? [logicalName, logicalName]
  const columns = Object.hasOwn(COLUMNS, logicalName) ? (COLUMNS[logicalName] ?? {}) : {}
  return {
    schemaName,
    displayName,
    ...readStates(states),
    columns: Object.entries(columns).map(([name, [type, label]]) => ({
      logicalName: name,
      displayName: label,
      type,
      sourceType: null,
      requiredLevel: 'None' as const,
      maxLength: null,
      options: [],
    })),
  }
}

function readStates(text: string): { states: OptionDefinition[]; reasons: OptionDefinition[] } {
  const states: OptionDefinition[] = []
  const reasons: OptionDefinition[] = []
  for (const part of text.split(' | ')) {
    const [head = '', tail = ''] = part.split(': ')
    const state = numbered(head)
    const own = tail.split(', ').map((reason) => ({ ...numbered(reason), state: state.value }))
    states.push({ ...state, ...(own[0] === undefined ? {} : { defaultStatus: own[0].value }) })
    reasons.push(...own)
  }
  return { states, reasons }
}

function numbered(text: string): OptionDefinition {
  const space = text.indexOf(' ')
  return { value: Number(text.slice(0, space)), label: text.slice(space + 1) }
}

import type {
  CascadeConfiguration,
  CascadeType,
  ColumnDefinition,
  ColumnType,
  ModelDefinition,
  OptionDefinition,
  Ownership,
  RelationshipDefinition,
  TableDefinition,
} from '#engine/contract/tables'
import { NO_CASCADE } from '#engine/model/system-model'
import { activeStateOf, isMergeableByDefault, primaryIdOf } from '#engine/model/table-defaults'
import { originText } from '#text/english/origins'

/**
 * Tables of a sales organisation with the platform's own relationships among them, configured as they come out of the box.
 * Source: dataverse reference, section 1.6; table reference pages.
 */
export const SAMPLE_MODEL: ModelDefinition = {
  tables: [
    table('account', 'Account', 'name', activeInactive(), {
      name: ['String', 'Account Name'],
      accountnumber: ['String', 'Account Number'],
      telephone1: ['String', 'Main Phone'],
      address1_city: ['String', 'City'],
      industry: ['String', 'Industry'],
      creditlimit: ['Money', 'Credit Limit'],
      revenue: ['Money', 'Annual Revenue'],
      numberofemployees: ['Integer', 'Number of Employees'],
      parentaccountid: ['Lookup', 'Parent Account'],
      primarycontactid: ['Lookup', 'Primary Contact'],
    }),
    table('contact', 'Contact', 'fullname', activeInactive(), {
      fullname: ['String', 'Full Name'],
      firstname: ['String', 'First Name'],
      lastname: ['String', 'Last Name'],
      jobtitle: ['String', 'Job Title'],
      emailaddress1: ['String', 'Email'],
      telephone1: ['String', 'Business Phone'],
      address1_city: ['String', 'City'],
      parentcustomerid: ['Customer', 'Company Name'],
    }),
    table('opportunity', 'Opportunity', 'name', states(['Open', 'In Progress'], ['Won', 'Won'], ['Lost', 'Canceled']), {
      name: ['String', 'Topic'],
      estimatedvalue: ['Money', 'Est. Revenue'],
      estimatedclosedate: ['DateTime', 'Est. Close Date'],
      customerid: ['Customer', 'Potential Customer'],
      parentaccountid: ['Lookup', 'Account'],
      parentcontactid: ['Lookup', 'Contact'],
    }),
    table('quote', 'Quote', 'name', states(['Draft', 'In Progress'], ['Active', 'Open'], ['Won', 'Won'], ['Closed', 'Lost']), {
      name: ['String', 'Name'],
      totalamount: ['Money', 'Total Amount'],
      customerid: ['Customer', 'Potential Customer'],
      opportunityid: ['Lookup', 'Opportunity'],
    }),
    table(
      'salesorder',
      'SalesOrder',
      'name',
      states(['Active', 'New'], ['Submitted', 'In Progress'], ['Canceled', 'No Money'], ['Fulfilled', 'Complete']),
      {
        name: ['String', 'Name'],
        ordernumber: ['String', 'Order ID'],
        totalamount: ['Money', 'Total Amount'],
        customerid: ['Customer', 'Customer'],
        opportunityid: ['Lookup', 'Opportunity'],
        quoteid: ['Lookup', 'Quote'],
      },
      'Order',
    ),
    table(
      'salesorderdetail',
      'SalesOrderDetail',
      'productdescription',
      activeInactive(),
      {
        productdescription: ['String', 'Product'],
        quantity: ['Decimal', 'Quantity'],
        priceperunit: ['Money', 'Price Per Unit'],
        salesorderid: ['Lookup', 'Order'],
      },
      'Order Product',
      'OrganizationOwned',
    ),
    table(
      'incident',
      'Incident',
      'title',
      states(['Active', 'In Progress'], ['Resolved', 'Problem Solved'], ['Canceled', 'Canceled']),
      {
        title: ['String', 'Case Title'],
        ticketnumber: ['String', 'Case Number'],
        customerid: ['Customer', 'Customer'],
        parentcaseid: ['Lookup', 'Parent Case'],
      },
      'Case',
    ),
    table('task', 'Task', 'subject', states(['Open', 'Not Started'], ['Completed', 'Completed'], ['Canceled', 'Canceled']), {
      subject: ['String', 'Subject'],
      description: ['Memo', 'Description'],
      scheduledend: ['DateTime', 'Due Date'],
      regardingobjectid: ['Lookup', 'Regarding'],
    }),
  ],
  relationships: [
    relationship('account_parent_account', 'account', 'account', 'parentaccountid', { ...cascadeAll(), Delete: 'RemoveLink' }),
    relationship('account_primary_contact', 'contact', 'account', 'primarycontactid', { Merge: 'Cascade' }),
    relationship('contact_customer_accounts', 'account', 'contact', 'parentcustomerid', cascadeAll()),
    relationship('contact_customer_contacts', 'contact', 'contact', 'parentcustomerid', { ...cascadeAll(), Delete: 'RemoveLink' }),

    relationship('opportunity_customer_accounts', 'account', 'opportunity', 'customerid', cascadeAll()),
    relationship('opportunity_customer_contacts', 'contact', 'opportunity', 'customerid', cascadeAll()),
    relationship('opportunity_parent_account', 'account', 'opportunity', 'parentaccountid', { Merge: 'Cascade' }),
    relationship('opportunity_parent_contact', 'contact', 'opportunity', 'parentcontactid', { Merge: 'Cascade' }),

    relationship('quote_customer_accounts', 'account', 'quote', 'customerid', cascadeAll()),
    relationship('quote_customer_contacts', 'contact', 'quote', 'customerid', cascadeAll()),
    relationship('opportunity_quotes', 'opportunity', 'quote', 'opportunityid', { Assign: 'Cascade', Delete: 'Cascade' }),

    relationship('order_customer_accounts', 'account', 'salesorder', 'customerid', { ...cascadeAll(), Delete: 'Restrict' }),
    relationship('order_customer_contacts', 'contact', 'salesorder', 'customerid', { ...cascadeAll(), Delete: 'Restrict' }),
    relationship('opportunity_sales_orders', 'opportunity', 'salesorder', 'opportunityid', { Assign: 'Cascade', Delete: 'Restrict' }),
    relationship('quote_orders', 'quote', 'salesorder', 'quoteid', { Delete: 'Restrict' }),
    relationship('order_details', 'salesorder', 'salesorderdetail', 'salesorderid', { Delete: 'Cascade' }),

    relationship('incident_customer_accounts', 'account', 'incident', 'customerid', cascadeAll()),
    relationship('incident_customer_contacts', 'contact', 'incident', 'customerid', cascadeAll()),
    relationship('incident_parent_incident', 'incident', 'incident', 'parentcaseid', { Delete: 'Cascade', Merge: 'Cascade' }),

    relationship('Account_Tasks', 'account', 'task', 'regardingobjectid', cascadeAll()),
    relationship('Contact_Tasks', 'contact', 'task', 'regardingobjectid', cascadeAll()),
    relationship('Incident_Tasks', 'incident', 'task', 'regardingobjectid', cascadeAll()),
    relationship('Opportunity_Tasks', 'opportunity', 'task', 'regardingobjectid', { ...cascadeAll(), Merge: 'NoCascade' }),
  ],
  manyToMany: [],
}

interface StateOptions {
  states: OptionDefinition[]
  reasons: OptionDefinition[]
}

/** Returns state codes from 0, each with one status reason, numbered from 1. */
function states(...pairs: [state: string, reason: string][]): StateOptions {
  return {
    states: pairs.map(([label], state) => ({ value: state, label })),
    reasons: pairs.map(([, label], state) => ({ value: state + 1, label, state })),
  }
}

function activeInactive(): StateOptions {
  return states(['Active', 'Active'], ['Inactive', 'Inactive'])
}

function cascadeAll(): Partial<CascadeConfiguration> {
  const all: CascadeType = 'Cascade'
  return { Assign: all, Delete: all, Merge: all, Reparent: all, Share: all, Unshare: all }
}

function table(
  logicalName: string,
  schemaName: string,
  primaryName: string,
  options: StateOptions,
  columns: Record<string, [ColumnType, string]>,
  displayName = schemaName,
  ownership: Ownership = 'UserOwned',
): TableDefinition {
  const isActivity = logicalName === 'task'
  const column = (name: string, type: ColumnType, label: string, choices: OptionDefinition[] = []): ColumnDefinition => ({
    logicalName: name,
    displayName: label,
    type,
    sourceType: null,
    requiredLevel: name === primaryName ? 'ApplicationRequired' : 'None',
    maxLength: null,
    options: choices,
  })
  return {
    logicalName,
    schemaName,
    displayName,
    ownership,
    isActivity,
    primaryName,
    mergeable: isMergeableByDefault(logicalName),
    activeState: activeStateOf(logicalName),
    primaryId: primaryIdOf(logicalName, isActivity),
    origin: 'standard',
    originNote: originText.sample,
    columns: [
      ...Object.entries(columns).map(([name, [type, label]]) => column(name, type, label)),
      column('statecode', 'State', 'Status', options.states),
      column('statuscode', 'Status', 'Status Reason', options.reasons),
    ],
  }
}

function relationship(
  schemaName: string,
  referenced: string,
  referencing: string,
  attribute: string,
  cascade: Partial<CascadeConfiguration>,
): RelationshipDefinition {
  return {
    schemaName,
    referenced,
    referencing,
    attribute,
    hierarchical: referenced === referencing && attribute.startsWith('parent'),
    cascade: { ...NO_CASCADE, Delete: 'RemoveLink', ...cascade },
    stated: ['Assign', 'Delete', 'Merge', 'Reparent', 'Share', 'Unshare', 'RollupView'],
    kind: 'data',
    origin: 'standard',
    originNote: originText.sample,
  }
}

import { originText } from '#text/english/origins'
import type { CascadeAction, CascadeType, RelationshipDefinition } from '../../contract/tables.ts'
import { CASCADE_ACTIONS } from '../../contract/tables.ts'
import { completeCascade, relationshipKind } from '../relationship-kinds.ts'

/**
 * The platform's own relationships among standard tables: schema name, parent, child, column, and the types of Assign, Delete,
 * Merge, Reparent, Share, Unshare and Archive (N none, C all, RL remove link, RS restrict, - not stated).
 *
 * Facts gathered from Microsoft's table reference pages (current, 2021 and 2018 editions; CC BY 4.0) and from the metadata of
 * organisations in XrmMockup's tests (MIT). They are defaults that customers change: in the organisation of the lead metadata,
 * Assign was switched off below account, contact and lead.
 */
const ROWS = `
account_master_account account account masterid N/RL/N/N/N/N/N
account_parent_account account account parentaccountid C/RL/C/C/C/C/N hierarchical
msa_account_managingpartner account account msa_managingpartnerid N/RL/C/N/N/N/N
account_primary_contact contact account primarycontactid N/RL/C/N/N/N/N
business_unit_accounts businessunit account owningbusinessunit N/N/N/N/N/N/N
lk_accountbase_createdby systemuser account createdby N/N/N/N/N/N/N
lk_accountbase_modifiedby systemuser account modifiedby N/N/N/N/N/N/N
system_user_accounts systemuser account preferredsystemuserid N/N/N/N/N/N/N
user_accounts systemuser account owninguser N/N/N/N/N/N/N
team_accounts team account owningteam N/N/N/N/N/N/N
owner_accounts owner account ownerid N/N/N/N/N/N/N
manualsla_account sla account slaid N/RL/N/N/N/N/N
sla_account sla account slainvokedid N/RL/N/N/N/N/N
transactioncurrency_account transactioncurrency account transactioncurrencyid N/RS/N/N/N/N/N
processstage_account processstage account stageid N/N/N/N/N/N/N
account_originating_lead lead account originatingleadid N/RL/C/N/N/N/N
contact_customer_accounts account contact parentcustomerid C/C/C/C/C/C/-
contact_customer_contacts contact contact parentcustomerid C/RL/C/C/C/C/-
contact_originating_lead lead contact originatingleadid N/RL/C/N/N/N/N
lead_parent_account account lead parentaccountid N/RL/C/N/N/N/N
lead_parent_contact contact lead parentcontactid N/RL/C/N/N/N/N
lead_customer_accounts account lead customerid N/C/C/C/C/C/N
lead_customer_contacts contact lead customerid N/C/C/C/C/C/N
campaign_leads campaign lead campaignid N/RL/N/N/N/N/N
lead_qualifying_opportunity opportunity lead qualifyingopportunityid N/RL/N/N/N/N/N
OriginatingCase_Lead incident lead originatingcaseid N/RL/N/N/N/N/N
lead_master_lead lead lead masterid N/RL/N/N/N/N/N
lead_addresses lead leadaddress parentid N/C/N/N/N/N/N
transactioncurrency_lead transactioncurrency lead transactioncurrencyid N/RS/N/N/N/N/N
lk_leadbase_createdby systemuser lead createdby N/N/N/N/N/N/N
lk_leadbase_modifiedby systemuser lead modifiedby N/N/N/N/N/N/N
lk_lead_createdonbehalfby systemuser lead createdonbehalfby N/N/N/N/N/N/N
lk_lead_modifiedonbehalfby systemuser lead modifiedonbehalfby N/N/N/N/N/N/N
lead_owning_user systemuser lead owninguser N/N/N/N/N/N/N
lead_owning_team team lead owningteam N/N/N/N/N/N/N
owner_leads owner lead ownerid N/N/N/N/N/N/N
business_unit_leads businessunit lead owningbusinessunit N/N/N/N/N/N/N
opportunity_customer_accounts account opportunity customerid C/C/C/C/C/C/N
opportunity_parent_account account opportunity parentaccountid N/RL/C/N/N/N/N
quote_customer_accounts account quote customerid C/C/C/C/C/C/N
order_customer_accounts account salesorder customerid C/RS/C/C/C/C/N
invoice_customer_accounts account invoice customerid C/RS/C/C/C/C/N
incident_customer_accounts account incident customerid C/C/C/C/C/C/N
opportunity_customer_contacts contact opportunity customerid C/C/C/C/C/C/N
opportunity_parent_contact contact opportunity parentcontactid N/RL/C/N/N/N/N
quote_customer_contacts contact quote customerid C/C/C/C/C/C/N
order_customer_contacts contact salesorder customerid C/RS/C/C/C/C/N
invoice_customer_contacts contact invoice customerid C/RS/C/C/C/C/N
incident_customer_contacts contact incident customerid C/C/C/C/C/C/N
opportunity_originating_lead lead opportunity originatingleadid N/RL/C/N/N/N/N
price_level_opportunties pricelevel opportunity pricelevelid N/RL/N/N/N/N/N
price_level_quotes pricelevel quote pricelevelid N/RS/N/N/N/N/N
transactioncurrency_opportunity transactioncurrency opportunity transactioncurrencyid N/RS/N/N/N/N/RS
transactioncurrency_quote transactioncurrency quote transactioncurrencyid N/RS/N/N/N/N/RS
manualsla_opportunity sla opportunity slaid N/RL/N/N/N/N/N
manualsla_quote sla quote slaid N/RL/N/N/N/N/N
opportunity_owning_user systemuser opportunity owninguser N/N/N/N/N/N/N
team_opportunities team opportunity owningteam N/N/N/N/N/N/N
owner_opportunitys owner opportunity ownerid N/N/N/N/N/N/N
opportunity_quotes opportunity quote opportunityid C/C/N/N/N/N/N
opportunity_sales_orders opportunity salesorder opportunityid C/RS/N/N/N/N/N
opportunity_invoices opportunity invoice opportunityid N/RS/N/N/N/N/N
product_opportunities opportunity opportunityproduct opportunityid N/C/N/N/N/N/-
Opportunity_OpportunityClose opportunity opportunityclose opportunityid C/C/N/C/C/C/-
opportunity_customer_opportunity_roles opportunity customeropportunityrole opportunityid C/C/N/C/C/C/-
opportunity_Teams opportunity team regardingobjectid C/C/N/C/C/C/-
opportunity_PostFollows opportunity postfollow regardingobjectid N/C/N/N/N/N/-
Opportunity_ProcessSessions opportunity processsession regardingobjectid C/N/N/N/N/N/-
opportunity_actioncard opportunity actioncard regardingobjectid C/C/N/N/N/N/-
quote_details quote quotedetail quoteid N/C/N/N/N/N/-
quote_orders quote salesorder quoteid N/RS/N/N/N/N/-
Quote_QuoteClose quote quoteclose quoteid C/C/N/C/C/C/-
order_details salesorder salesorderdetail salesorderid N/C/N/N/N/N/-
order_invoices salesorder invoice salesorderid N/RS/N/N/N/N/N
SalesOrder_OrderClose salesorder orderclose salesorderid C/C/N/C/C/C/-
invoice_details invoice invoicedetail invoiceid N/C/N/N/N/N/N
contact_as_responsible_contact contact incident responsiblecontactid N/RL/C/N/N/N/N
contract_cases contract incident contractid N/C/N/N/N/N/N
contract_detail_cases contractdetail incident contractdetailid N/C/N/N/N/N/N
entitlement_cases entitlement incident entitlementid N/RL/N/N/N/N/N
incident_parent_incident incident incident parentcaseid N/C/C/N/N/N/N
incident_master_incident incident incident masterid N/RL/N/N/N/N/N
incident_existingcase incident incident existingcase N/RL/N/N/N/N/N
kbarticle_incidents kbarticle incident kbarticleid N/RS/N/N/N/N/N
product_incidents product incident productid N/RS/N/N/N/N/N
subject_incidents subject incident subjectid N/RS/N/N/N/N/N
socialprofile_cases socialprofile incident socialprofileid N/RL/N/N/N/N/N
manualsla_cases sla incident slaid N/RL/N/N/N/N/N
sla_cases sla incident slainvokedid N/RL/N/N/N/N/N
lk_incidentbase_createdby systemuser incident createdby N/N/N/N/N/N/N
lk_incidentbase_modifiedby systemuser incident modifiedby N/N/N/N/N/N/N
system_user_incidents systemuser incident owninguser N/N/N/N/N/N/N
team_incidents team incident owningteam N/N/N/N/N/N/N
owner_incidents owner incident ownerid N/N/N/N/N/N/N
Incident_IncidentResolutions incident incidentresolution incidentid C/C/C/C/C/C/-
Incident_QueueItem incident queueitem objectid N/C/N/N/N/N/-
knowledgearticle_incidents incident knowledgearticleincident incidentid C/RL/N/N/N/N/-
slakpiinstance_incident incident slakpiinstance regarding N/C/N/N/N/N/-
contract_customer_accounts account contract customerid C/C/C/C/C/C/-
contract_billingcustomer_accounts account contract billingcustomerid N/RS/C/N/N/N/-
contractlineitem_customer_accounts account contractdetail customerid N/C/C/N/N/N/-
account_entitlement_Customer account entitlement customerid N/RS/C/N/N/N/-
account_entitlement_Account account entitlement accountid N/RL/C/N/N/N/-
account_customer_opportunity_roles account customeropportunityrole customerid N/C/C/N/N/N/-
account_bookableresource_AccountId account bookableresource accountid N/RL/C/N/N/N/-
Socialprofile_customer_contacts contact socialprofile customerid C/C/C/C/C/C/-
contact_customer_relationship_customer contact customerrelationship customerid N/C/C/N/N/N/-
Contact_Feedback contact feedback regardingobjectid N/C/N/N/N/N/-
lk_contact_feedback_createdonbehalfby contact feedback createdonbehalfbycontact N/RS/N/N/N/N/-
Contact_CustomerAddress contact customeraddress parentid N/C/C/N/N/N/-
Account_Email_EmailSender account email emailsender N/RL/N/N/N/N/-
Account_RecurringAppointmentMasters account recurringappointmentmaster regardingobjectid C/C/C/C/C/C/-
Account_ServiceAppointments account serviceappointment regardingobjectid C/RL/C/C/C/C/-
Contact_Emails contact email regardingobjectid C/C/C/C/C/C/-
Contact_Phonecalls contact phonecall regardingobjectid C/C/C/C/C/C/-
Contact_Appointments contact appointment regardingobjectid C/C/C/C/C/C/-
Contact_Letters contact letter regardingobjectid C/C/C/C/C/C/-
Contact_Faxes contact fax regardingobjectid C/C/C/C/C/C/-
contact_connections1 contact connection record1id N/C/C/N/N/N/-
Incident_Tasks incident task regardingobjectid C/C/C/C/C/C/-
Incident_Emails incident email regardingobjectid C/C/C/C/C/C/-
Incident_Phonecalls incident phonecall regardingobjectid C/C/C/C/C/C/-
Incident_Appointments incident appointment regardingobjectid C/C/C/C/C/C/-
Incident_Letters incident letter regardingobjectid C/C/C/C/C/C/-
Incident_Faxes incident fax regardingobjectid C/C/C/C/C/C/-
Incident_RecurringAppointmentMasters incident recurringappointmentmaster regardingobjectid C/C/C/C/C/C/-
Incident_ServiceAppointments incident serviceappointment regardingobjectid C/RL/C/C/C/C/-
Incident_ActivityPointers incident activitypointer regardingobjectid N/RL/N/N/N/N/-
incident_connections1 incident connection record1id N/C/N/N/N/N/-
Opportunity_Tasks opportunity task regardingobjectid C/C/N/C/C/C/-
Opportunity_Emails opportunity email regardingobjectid C/C/N/C/C/C/-
Opportunity_Phonecalls opportunity phonecall regardingobjectid C/C/N/C/C/C/-
Opportunity_Appointments opportunity appointment regardingobjectid C/C/N/C/C/C/-
Opportunity_Letters opportunity letter regardingobjectid C/C/N/C/C/C/-
Opportunity_Faxes opportunity fax regardingobjectid C/C/N/C/C/C/-
Opportunity_RecurringAppointmentMasters opportunity recurringappointmentmaster regardingobjectid C/C/N/C/C/C/-
Opportunity_ServiceAppointments opportunity serviceappointment regardingobjectid C/RL/N/C/C/C/-
Opportunity_ActivityPointers opportunity activitypointer regardingobjectid N/RL/N/N/N/N/-
opportunity_connections1 opportunity connection record1id N/C/N/N/N/N/-
account_connections2 account connection record2id N/C/C/N/N/N/-
Account_SharepointDocumentLocation account sharepointdocumentlocation regardingobjectid N/C/C/N/N/N/-
Opportunity_SharepointDocumentLocation opportunity sharepointdocumentlocation regardingobjectid C/C/C/N/N/N/-
Quote_SharepointDocumentLocation quote sharepointdocumentlocation regardingobjectid N/C/C/N/N/N/-
Incident_SocialActivities incident socialactivity regardingobjectid C/C/N/C/C/C/-
Lead_Tasks lead task regardingobjectid N/C/C/C/C/C/N
Lead_Emails lead email regardingobjectid N/C/C/C/C/C/N
Lead_Phonecalls lead phonecall regardingobjectid N/C/C/C/C/C/N
Lead_Appointments lead appointment regardingobjectid N/C/C/C/C/C/N
Lead_Letters lead letter regardingobjectid N/C/C/C/C/C/N
Lead_Faxes lead fax regardingobjectid N/C/C/C/C/C/N
Lead_RecurringAppointmentMasters lead recurringappointmentmaster regardingobjectid N/C/C/C/C/C/N
Lead_ServiceAppointments lead serviceappointment regardingobjectid C/RL/C/C/C/C/N
Lead_ActivityPointers lead activitypointer regardingobjectid N/RL/N/N/N/N/N
lead_connections1 lead connection record1id N/C/C/N/N/N/N
Account_Annotation account annotation objectid C/C/C/C/C/C/-
Contact_Annotation contact annotation objectid C/C/C/C/C/C/-
Lead_Annotation lead annotation objectid C/C/C/C/C/C/-
Incident_Annotation incident annotation objectid C/C/C/C/C/C/-
Opportunity_Annotation opportunity annotation objectid C/C/N/C/C/C/-
Quote_Annotation quote annotation objectid C/C/N/C/C/C/-
SalesOrder_Annotation salesorder annotation objectid C/C/N/C/C/C/-
Invoice_Annotation invoice annotation objectid C/C/N/C/C/C/-
Task_Annotation task annotation objectid C/C/N/C/C/C/-
Email_Annotation email annotation objectid C/C/N/C/C/C/-
Appointment_Annotation appointment annotation objectid C/C/N/C/C/C/-
PhoneCall_Annotation phonecall annotation objectid C/C/N/C/C/C/-
Letter_Annotation letter annotation objectid C/C/N/C/C/C/-
Fax_Annotation fax annotation objectid C/C/N/C/C/C/-
RecurringAppointmentMaster_Annotation recurringappointmentmaster annotation objectid C/C/N/C/C/C/-
Campaign_Annotation campaign annotation objectid C/C/N/C/C/C/-
Contract_Annotation contract annotation objectid C/C/N/C/C/C/-
ContractDetail_Annotation contractdetail annotation objectid C/C/N/C/C/C/-
List_Annotation list annotation objectid C/C/N/C/C/C/-
Equipment_Annotation equipment annotation objectid C/C/N/C/C/C/-
Service_Annotation service annotation objectid C/C/N/C/C/C/-
entitlement_Annotations entitlement annotation objectid C/C/N/C/C/C/-
Competitor_Annotation competitor annotation objectid N/C/N/N/N/N/-
Product_Annotation product annotation objectid N/C/N/N/N/N/-
queue_entries queue queueitem queueid N/C/N/N/N/N/N
PhoneCall_QueueItem phonecall queueitem objectid N/C/N/N/N/N/N
queue_team queue team queueid N/RL/N/N/N/N/N
business_unit_parent_business_unit businessunit businessunit parentbusinessunitid N/RS/N/N/N/N/- hierarchical
business_unit_system_users businessunit systemuser businessunitid N/RS/N/N/N/N/-
business_unit_teams businessunit team businessunitid N/RS/N/N/N/N/N
lk_teambase_administratorid systemuser team administratorid N/N/N/N/N/N/N
teamtemplate_Teams teamtemplate team teamtemplateid C/C/N/C/C/C/N
knowledgearticle_Teams knowledgearticle team regardingobjectid C/C/N/C/C/C/N
TransactionCurrency_Team transactioncurrency team transactioncurrencyid N/RS/N/N/N/N/N
`

/** Further activities of the same parents, by the rule that the listed ones follow. Sources: dataverse reference, section 1.6; import formats, section 9. */
const BY_RULE = `
Account_Tasks account task regardingobjectid C/C/C/C/C/C/-
Account_Emails account email regardingobjectid C/C/C/C/C/C/-
Account_Phonecalls account phonecall regardingobjectid C/C/C/C/C/C/-
Account_Appointments account appointment regardingobjectid C/C/C/C/C/C/-
Account_Letters account letter regardingobjectid C/C/C/C/C/C/-
Account_Faxes account fax regardingobjectid C/C/C/C/C/C/-
Account_ActivityPointers account activitypointer regardingobjectid N/RL/N/N/N/N/-
Contact_Tasks contact task regardingobjectid C/C/C/C/C/C/-
Contact_RecurringAppointmentMasters contact recurringappointmentmaster regardingobjectid C/C/C/C/C/C/-
Contact_ServiceAppointments contact serviceappointment regardingobjectid C/RL/C/C/C/C/-
Contact_ActivityPointers contact activitypointer regardingobjectid N/RL/N/N/N/N/-
Quote_Tasks quote task regardingobjectid C/C/N/C/C/C/-
Quote_Emails quote email regardingobjectid C/C/N/C/C/C/-
Quote_Phonecalls quote phonecall regardingobjectid C/C/N/C/C/C/-
Quote_Appointments quote appointment regardingobjectid C/C/N/C/C/C/-
Quote_Letters quote letter regardingobjectid C/C/N/C/C/C/-
Quote_Faxes quote fax regardingobjectid C/C/N/C/C/C/-
Quote_RecurringAppointmentMasters quote recurringappointmentmaster regardingobjectid C/C/N/C/C/C/-
Quote_ServiceAppointments quote serviceappointment regardingobjectid C/RL/N/C/C/C/-
Quote_ActivityPointers quote activitypointer regardingobjectid N/RL/N/N/N/N/-
SalesOrder_Tasks salesorder task regardingobjectid C/C/N/C/C/C/-
SalesOrder_Emails salesorder email regardingobjectid C/C/N/C/C/C/-
SalesOrder_Phonecalls salesorder phonecall regardingobjectid C/C/N/C/C/C/-
SalesOrder_Appointments salesorder appointment regardingobjectid C/C/N/C/C/C/-
SalesOrder_Letters salesorder letter regardingobjectid C/C/N/C/C/C/-
SalesOrder_Faxes salesorder fax regardingobjectid C/C/N/C/C/C/-
SalesOrder_RecurringAppointmentMasters salesorder recurringappointmentmaster regardingobjectid C/C/N/C/C/C/-
SalesOrder_ServiceAppointments salesorder serviceappointment regardingobjectid C/RL/N/C/C/C/-
SalesOrder_ActivityPointers salesorder activitypointer regardingobjectid N/RL/N/N/N/N/-
`

const ACTIONS: CascadeAction[] = ['Assign', 'Delete', 'Merge', 'Reparent', 'Share', 'Unshare', 'Archive']
const TYPES: Record<string, CascadeType> = { N: 'NoCascade', C: 'Cascade', RL: 'RemoveLink', RS: 'Restrict' }

export const STANDARD_RELATIONSHIPS: readonly RelationshipDefinition[] = `${ROWS.trim()}\n${BY_RULE.trim()}`.split('\n').map(toRelationship)

function toRelationship(row: string): RelationshipDefinition {
  const [schemaName = '', referenced = '', referencing = '', attribute = '', types = '', mark] = row.split(' ')
  const cascade: Partial<Record<CascadeAction, CascadeType>> = {}
  types.split('/').forEach((letter, index) => {
    const action = ACTIONS[index]
    const type = TYPES[letter]
    if (action && type) cascade[action] = type
  })
  return {
    schemaName,
    referenced,
    referencing,
    attribute,
    hierarchical: mark === 'hierarchical',
    cascade: completeCascade(cascade, { referenced, referencing, attribute }),
    stated: CASCADE_ACTIONS.filter((action) => cascade[action] !== undefined),
    kind: relationshipKind(attribute, referenced),
    origin: 'standard',
    originNote: originText.platformDefaults,
  }
}

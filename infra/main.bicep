// The Azure deployment of CollectionsFlows: one resource group, written for `azd --cwd infra provision`.
// Nothing here holds a secret: secrets are put into the vault by the operator (README, "Secrets").
targetScope = 'subscription'

// ---- Where and what ----

@description('Name of the environment, for example prod. Part of the resource group\'s name; with subscription and region it makes the suffix of all other names.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region of every resource that has one. It must offer Flex Consumption and, for the default redundancy, zones and a paired region.')
@minLength(1)
param location string

@description('Tags put on every resource besides azd\'s own.')
param tags object = {}

@description('Resource group to create or update; empty: rg-collections-{environmentName}.')
param resourceGroupName string = ''

// ---- The function app ----

@description('Memory of one instance. 512 is for trials: the host and a worker with the contact rules loaded want 2048.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances the app may grow to. A bound on cost and on the load that storage and the message provider get; durable work never uses more instances than there are partitions (host.json, partitionCount).')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances always ready for the alarm clocks. One keeps the wake-up of a case from waiting for a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyDurable int = 1

@description('Instances always ready for webhooks, API and console. 0: the first call after a quiet time waits some seconds; senders of webhooks retry.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 0

@description('Spread the plan over zones, where the region has them.')
param zoneRedundant bool = false

@description('The durable task hub. Another name means new, empty alarm clocks, which `rehydrate` fills from the case table.')
@minLength(3)
@maxLength(45)
param taskHubName string = 'CollectionsFlows'

// ---- Who signs in ----

@description('Client id of the Microsoft Entra application that people and programs sign in to; its app roles are viewer, agent, supervisor, auditor. Required: without sign-in anybody could forge the platform\'s identity headers.')
@minLength(36)
@maxLength(36)
param entraClientId string

@description('Client ids of other applications that may call the API with a token for this one.')
param allowedClientApplications string[] = []

// ---- Records ----

@description('Redundancy of the records: cases, borrowers, evidence. They are the truth, so the default survives a zone and a region.')
@allowed(['Standard_GZRS', 'Standard_RAGZRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_ZRS', 'Standard_LRS'])
param recordsRedundancy string = 'Standard_GZRS'

@description('Redundancy of the durable engine\'s own storage. It can be made anew from the records, so a region is enough.')
@allowed(['Standard_ZRS', 'Standard_LRS'])
param hostRedundancy string = 'Standard_ZRS'

@description('Years that records are kept after the last activity (S15: 3 to 5).')
@minValue(3)
@maxValue(30)
param retentionYears int = 5

@description('Put the time-based immutability policy on the evidence container. Set to false once you have locked it: a locked policy can only be extended, by hand.')
param manageEvidencePolicy bool = true

@description('Days after which a loans file is deleted from the drop container. It holds names and phone numbers in the clear (S25); for softDeleteDays more it can be brought back.')
@minValue(1)
@maxValue(90)
param importRetentionDays int = 7

@description('Days that deleted blobs and containers can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 14

@description('Forbid deleting the records\' account and the vault, also by azd down.')
param lockRecords bool = true

@description('Prefix of the records\' tables: letters and digits.')
@minLength(1)
@maxLength(20)
param recordsTablePrefix string = 'Collections'

// ---- Messages ----

@description('Where the message provider keeps data at rest, for example United States, Europe, UK, Asia Pacific. It cannot be changed later.')
param communicationDataLocation string

@description('Sender of text messages: a number in E.164 or an alphanumeric sender id; empty until a number has been bought.')
param smsFrom string = ''

@description('Text messages a second the sender may send. Toll-free: 200 a minute.')
@minValue(1)
@maxValue(1000)
param smsMessagesPerSecond int = 3

@description('Domain that e-mails are sent from: your own, which you verify by DNS records; AzureManagedDomain for trials; or empty: e-mails stay in the outbox.')
param emailDomain string = ''

@description('Send e-mails from the domain. False until the domain is verified: an unverified one cannot be linked, and until it is linked e-mails wait.')
param connectEmail bool = false

@description('Name of the sender before the @. Every domain has DoNotReply; another one needs a raised sending limit. It is seen by others, so it should not speak of debts.')
@minLength(1)
@maxLength(64)
param emailSender string = 'DoNotReply'

@description('Address that answers to e-mails go to, STOP among them: a mailbox that somebody reads. Without it e-mails wait.')
param emailReplyTo string = ''

@description('Subject of e-mails; empty: A message for you. It is seen by others, so it must not speak of debts.')
@maxLength(200)
param emailSubject string = ''

@description('E-mails a minute the domain may send. At first: 30 (and 100 an hour) for your own domain, 5 (and 10 an hour) for AzureManagedDomain; more on request.')
@minValue(1)
@maxValue(60000)
param emailMessagesPerMinute int = 30

@description('Subscribe the app to delivery reports and inbound texts. False on the first run: the app must be deployed and the secret message-keys set, because the subscription is confirmed with the app when it is made.')
param connectMessageEvents bool = false

// ---- Timers (NCRONTAB, six fields, UTC) ----

@description('Looks into the drop container for loans files.')
param importLoansSchedule string = '15 */5 * * * *'

@description('Rings cases with an undrained inbox or an overdue wake, and starts missing alarm clocks.')
param ringOverdueSchedule string = '0 * * * * *'

@description('Purges durable history of closed cases.')
param purgeFinishedSchedule string = '0 20 2 * * *'

@description('Deletes records whose retention has ended.')
param applyRetentionSchedule string = '0 40 3 * * *'

// ---- Watching ----

@description('Addresses that alerts and the budget\'s notices go to.')
@minLength(1)
param alertEmails string[]

@description('Budget of the resource group a month, in the currency of the subscription.')
@minValue(1)
param monthlyBudget int

@description('First day of the budget, the first of a month (2026-01-01). Keep it as it was at the first run.')
@minLength(10)
@maxLength(10)
param budgetStartDate string

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Gigabytes of logs taken in a day; -1: no limit. What is above it is lost, alerts included.')
param logDailyCapGb int = 5

@description('Minutes an inbox item or a wake may be late before somebody is told.')
@minValue(5)
@maxValue(1440)
param latenessAlertMinutes int = 60

// ---- Who operates ----

@description('Object id of the group or user that puts secrets, drops loans files and reads dead letters; empty: nobody is given these roles.')
param operatorPrincipalId string = ''

@description('What operatorPrincipalId is.')
@allowed(['Group', 'User', 'ServicePrincipal'])
param operatorPrincipalType string = 'Group'

// ---- Optional parts ----

@description('Use Durable Task Scheduler instead of the storage account for the alarm clocks.')
param useDurableTaskScheduler bool = false

@description('Kind of the scheduler. Consumption is billed by action, Dedicated by capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Capacity units of a dedicated scheduler.')
@minValue(1)
@maxValue(3)
param schedulerCapacity int = 1

@description('Addresses (CIDR) from which the scheduler takes calls; it authenticates every caller besides.')
param schedulerIpAllowlist string[] = ['0.0.0.0/0']

@description('Give the app a virtual network and reach storage and vault over private endpoints only. Webhooks, API and console stay reachable from outside.')
param usePrivateNetwork bool = false

@description('Address space of the virtual network, at least a /24; the first half is the app\'s, the second the private endpoints\'.')
param networkAddressPrefix string = '10.60.0.0/24'

// ---- Names ----

var suffix = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, { 'azd-env-name': environmentName })
var groupName = empty(resourceGroupName) ? 'rg-collections-${environmentName}' : resourceGroupName
var appName = 'func-collections-${suffix}'
var vaultName = 'kv-coll-${suffix}'
var hostAccountName = 'sthost${suffix}'
var recordsAccountName = 'strecords${suffix}'
var sendsEmail = connectEmail && !empty(emailDomain)

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: groupName
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-collections-${suffix}'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-collections-${suffix}'
    insightsName: 'appi-collections-${suffix}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    publisherPrincipalId: identity.outputs.principalId
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  scope: group
  params: {
    name: hostAccountName
    location: location
    tags: allTags
    redundancy: hostRedundancy
    restrictNetwork: usePrivateNetwork
    appPrincipalId: identity.outputs.principalId
  }
}

module recordsStorage 'modules/records-storage.bicep' = {
  scope: group
  params: {
    name: recordsAccountName
    location: location
    tags: allTags
    redundancy: recordsRedundancy
    restrictNetwork: usePrivateNetwork
    retentionYears: retentionYears
    manageEvidencePolicy: manageEvidencePolicy
    importRetentionDays: importRetentionDays
    softDeleteDays: softDeleteDays
    lockAccount: lockRecords
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: vaultName
    location: location
    tags: allTags
    restrictNetwork: usePrivateNetwork
    lockVault: lockRecords
    readerPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    workspaceId: monitoring.outputs.workspaceId
  }
}

module email 'modules/email.bicep' = if (!empty(emailDomain)) {
  scope: group
  params: {
    name: 'email-collections-${suffix}'
    dataLocation: communicationDataLocation
    tags: allTags
    domainName: emailDomain
    senderName: emailSender
    verified: connectEmail
  }
}

module communication 'modules/communication.bicep' = {
  scope: group
  params: {
    name: 'acs-collections-${suffix}'
    dataLocation: communicationDataLocation
    tags: allTags
    linkedDomains: sendsEmail ? [email!.outputs.domainId] : []
    senderPrincipalId: identity.outputs.principalId
  }
}

module scheduler 'modules/durable-task-scheduler.bicep' = if (useDurableTaskScheduler) {
  scope: group
  params: {
    name: 'dts-collections-${suffix}'
    location: location
    tags: allTags
    taskHubName: taskHubName
    sku: schedulerSku
    capacity: schedulerCapacity
    ipAllowlist: schedulerIpAllowlist
    workerPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (usePrivateNetwork) {
  scope: group
  params: {
    name: 'vnet-collections-${suffix}'
    location: location
    tags: allTags
    addressPrefix: networkAddressPrefix
    hostAccountId: hostStorage.outputs.id
    recordsAccountId: recordsStorage.outputs.id
    vaultId: vault.outputs.id
  }
}

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: appName
    planName: 'plan-collections-${suffix}'
    location: location
    tags: union(allTags, { 'azd-service-name': 'collections' })
    zoneRedundant: zoneRedundant
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: alwaysReadyDurable
    alwaysReadyHttp: alwaysReadyHttp
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    deploymentContainerUri: hostStorage.outputs.deploymentContainerUri
    subnetId: usePrivateNetwork ? network!.outputs.appSubnetId : ''
    entraClientId: entraClientId
    allowedClientApplications: allowedClientApplications
    settings: union(settings, useDurableTaskScheduler ? schedulerSettings : {})
  }
}

var settings = {
  AzureWebJobsStorage__accountName: hostStorage.outputs.name
  APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
  // Otherwise the platform's own page stands where the console is.
  AzureWebJobsDisableHomepage: 'true'
  TASKHUB_NAME: taskHubName
  Records__TableServiceUri: recordsStorage.outputs.tableServiceUri
  Records__BlobServiceUri: recordsStorage.outputs.blobServiceUri
  Records__TablePrefix: recordsTablePrefix
  COLLECTIONS_MASTER_KEYS: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/master-keys)'
  COLLECTIONS_WEBHOOK_SECRETS: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/webhook-secrets)'
  COLLECTIONS_MESSAGE_KEYS: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/message-keys)'
  Sms__Endpoint: communication.outputs.endpoint
  Sms__From: smsFrom
  Sms__MessagesPerSecond: string(smsMessagesPerSecond)
  Email__Endpoint: empty(emailDomain) ? '' : communication.outputs.endpoint
  Email__From: sendsEmail ? email!.outputs.sender : ''
  Email__ReplyTo: emailReplyTo
  Email__Subject: emailSubject
  Email__MessagesPerMinute: string(emailMessagesPerMinute)
  Lender__Directory: 'lender'
  Imports__Container: recordsStorage.outputs.importsContainer
  Retention__Years: string(retentionYears)
  ImportLoans__Schedule: importLoansSchedule
  RingOverdue__Schedule: ringOverdueSchedule
  PurgeFinished__Schedule: purgeFinishedSchedule
  ApplyRetention__Schedule: applyRetentionSchedule
  OTEL_SERVICE_NAME: 'collections-flows'
  OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=${environmentName}'
}

// host.json names the storage account as provider; these override it without another build.
var schedulerSettings = {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
}

resource secrets 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
  scope: group
}

module messageEvents 'modules/message-events.bicep' = {
  scope: group
  params: {
    name: 'evgt-collections-${suffix}'
    tags: allTags
    communicationName: communication.outputs.name
    recordsAccountName: recordsStorage.outputs.name
    deadLetterContainer: recordsStorage.outputs.deadLetterContainer
  }
}

module messageSubscription 'modules/message-subscription.bicep' = if (connectMessageEvents) {
  scope: group
  params: {
    topicName: messageEvents.outputs.topicName
    appHostName: app.outputs.hostName
    messageKeys: secrets.getSecret('message-keys')
    recordsAccountId: recordsStorage.outputs.id
    deadLetterContainer: recordsStorage.outputs.deadLetterContainer
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    topicId: messageEvents.outputs.topicId
    emails: alertEmails
    latenessMinutes: latenessAlertMinutes
    monthlyBudget: monthlyBudget
    budgetStartDate: budgetStartDate
  }
}

@description('azd reads it: the region.')
output AZURE_LOCATION string = location

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('azd deploys the service collections to it.')
output AZURE_FUNCTION_NAME string = app.outputs.name

@description('Address of console, API and webhooks.')
output COLLECTIONS_URL string = 'https://${app.outputs.hostName}'

@description('The vault to put the secrets master-keys, webhook-secrets and message-keys into.')
output COLLECTIONS_VAULT string = vault.outputs.name

@description('The resource that the domain of e-mails belongs to; empty: none.')
output COLLECTIONS_EMAIL_SERVICE string = empty(emailDomain) ? '' : email!.outputs.name

@description('The account whose container imports takes loans files.')
output COLLECTIONS_RECORDS_ACCOUNT string = recordsStorage.outputs.name

@description('Object id of the app\'s identity: the subject of the federated credential that signs people in without a client secret.')
output COLLECTIONS_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

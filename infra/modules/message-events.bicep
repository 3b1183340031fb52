// Delivery reports of texts and e-mails, and inbound texts: the topic, and where what could not be delivered goes.

@description('Name of the topic.')
param name string

@description('Tags.')
param tags object

@description('Name of the communication resource whose events these are.')
param communicationName string

@description('Account of the dead letters: they hold phone numbers, e-mail addresses and texts, so they lie with the records.')
param recordsAccountName string

@description('Container of the dead letters.')
param deadLetterContainer string

var blobDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: communicationName
}

resource records 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: recordsAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = {
      name: deadLetterContainer
    }
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: 'global'
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: communication.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

resource deadLetterWriter 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(records::blobs::deadLetters.id, topic.id, blobDataContributor)
  scope: records::blobs::deadLetters
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Name of the topic.')
output topicName string = topic.name

@description('Resource id of the topic.')
output topicId string = topic.id

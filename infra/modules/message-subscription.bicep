// Brings message events to the app's webhook. Made once the app runs: Event Grid asks it to confirm.

@description('Name of the topic.')
param topicName string

@description('Host name of the app.')
param appHostName string

@description('The secret message-keys: keys that the webhook accepts, separated by commas. The first one is shown by Event Grid.')
@secure()
param messageKeys string

@description('Resource id of the account of the dead letters.')
param recordsAccountId string

@description('Container of the dead letters.')
param deadLetterContainer string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'messages'
  properties: {
    // The webhook reads Event Grid's own schema and knows its caller by the key; Event Grid hides the query from readers.
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${appHostName}/api/webhooks/messages?key=${uriComponent(trim(first(split(messageKeys, ','))!))}'
        // One event a request: a batch could outgrow the webhook's 64 KiB.
        maxEventsPerBatch: 1
        minimumTlsVersionAllowed: '1.2'
      }
    }
    filter: {
      includedEventTypes: [
        'Microsoft.Communication.SMSReceived'
        'Microsoft.Communication.SMSDeliveryReportReceived'
        'Microsoft.Communication.EmailDeliveryReportReceived'
      ]
    }
    // The most Event Grid offers: 30 tries within 24 hours.
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: recordsAccountId
          blobContainerName: deadLetterContainer
        }
      }
    }
  }
}

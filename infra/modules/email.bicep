// The mail half of the message provider: a domain to send from. Its DNS records are put and verified by hand: only its owner can.

@description('Name of the resource.')
param name string

@description('Where data is kept at rest: where the communication resource keeps it, or they cannot be linked.')
param dataLocation string

@description('Tags.')
param tags object

@description('The customer\'s domain, or AzureManagedDomain.')
param domainName string

@description('The sender\'s name before the @.')
param senderName string

@description('Whether the domain is verified, so that it may have senders of its own.')
param verified bool

var isAzureManaged = domainName == 'AzureManagedDomain'

resource service 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
  }

  resource domain 'domains' = {
    name: domainName
    location: 'global'
    tags: tags
    properties: {
      domainManagement: isAzureManaged ? 'AzureManaged' : 'CustomerManaged'
      // Who opened a mail is nobody's business (S25).
      userEngagementTracking: 'Disabled'
    }

    // Every domain has DoNotReply.
    resource sender 'senderUsernames' = if (verified && toLower(senderName) != 'donotreply') {
      name: toLower(senderName)
      properties: {
        username: senderName
      }
    }
  }
}

@description('Name of the resource.')
output name string = service.name

@description('Resource id of the domain.')
output domainId string = service::domain.id

@description('The sender\'s address.')
output sender string = '${senderName}@${service::domain.properties.fromSenderDomain}'

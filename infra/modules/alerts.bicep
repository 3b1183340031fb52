// Who is told of what. The queries read what the engine measures (meter CollectionsFlows) and what the host records of requests.

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Workspace that is queried.')
param workspaceId string

@description('Event Grid topic of the messages.')
param topicId string

@description('Addresses that are told.')
param emails string[]

@description('Minutes an inbox item or a wake may be late.')
param latenessMinutes int

@description('Budget of the resource group a month, in the currency of the subscription.')
param monthlyBudget int

@description('First day of the budget.')
param budgetStartDate string

// Severity 1: the law or money is at stake now. 2: look today.
var queries = [
  {
    name: 'stuck-cases'
    severity: 1
    frequency: 'PT15M'
    window: 'PT15M'
    threshold: 0
    text: 'Cases stopped and wait for a person: a broken invariant or an error that trying again does not mend.'
    query: 'AppMetrics | where Name == "collections.case.failures" and tostring(Properties["collections.case.effect"]) == "suspended"'
  }
  {
    name: 'undrained-inbox'
    severity: 1
    frequency: 'PT15M'
    window: 'PT15M'
    threshold: 0
    text: 'An outside event waited longer than allowed before its case took it in.'
    query: 'AppMetrics | where Name == "collections.inbox.lag" and Max > ${latenessMinutes * 60}'
  }
  {
    name: 'late-wakes'
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
    threshold: 0
    text: 'A case woke later than allowed: a notice with a legal term may be late.'
    query: 'AppMetrics | where Name == "collections.case.wake.lateness" and Max > ${latenessMinutes * 60}'
  }
  {
    name: 'webhooks-refused'
    severity: 2
    frequency: 'PT15M'
    window: 'PT1H'
    threshold: 20
    text: 'Webhooks with a bad signature or key: a sender uses an old secret, or somebody tries.'
    query: 'AppRequests | where ResultCode == "401" and Url has "/api/webhooks/"'
  }
  {
    name: 'failed-activities'
    severity: 2
    frequency: 'PT15M'
    window: 'PT1H'
    threshold: 50
    text: 'Functions fail: storage or the message provider throttles, or a secret is missing.'
    query: 'AppRequests | where Success == false and ResultCode !startswith "4"'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'collections-operations'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'collections'
    enabled: true
    emailReceivers: [for (email, index) in emails: {
      name: 'operations-${index}'
      emailAddress: email
      useCommonAlertSchema: true
    }]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for each in queries: {
  name: 'collections-${each.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Collections: ${each.name}'
    description: each.text
    severity: each.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: each.frequency
    windowSize: each.window
    criteria: {
      allOf: [
        {
          query: each.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: each.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    // The tables appear with the first telemetry, after this is deployed.
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [people.id]
    }
  }
}]

// Silence is no good news: metrics of a host that does not run say nothing.
resource sweeperSilent 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'collections-sweeper-silent'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Collections: sweeper silent'
    description: 'RingOverdue has not run for an hour: lost doorbells are not rung again and missing alarm clocks are not started.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      allOf: [
        {
          query: 'AppRequests | where Name == "RingOverdue" and Success == true'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [people.id]
    }
  }
}

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'collections-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Delivery reports or inbound texts could not be delivered. A STOP may be among them.'
    severity: 1
    enabled: true
    scopes: [topicId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-lettered'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'DeadLetteredCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    autoMitigate: false
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'collections-monthly'
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: budgetStartDate
    }
    notifications: {
      foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
      }
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
      }
    }
  }
}

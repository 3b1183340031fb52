namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>Fills templates.</summary>
public static class MessageRenderer
{
    /// <summary>Renders a wording.</summary>
    /// <param name="template">The template; its placeholders were checked when it was loaded.</param>
    /// <param name="wording">Any number: taken modulo the number of wordings.</param>
    /// <param name="channel">Decides the number of segments.</param>
    /// <param name="values">A value for every name in <see cref="Placeholders"/>.</param>
    /// <exception cref="KeyNotFoundException">A placeholder has no value: a broken invariant, never data.</exception>
    public static RenderedMessage Render(MessageTemplate template, int wording, Channel channel, IReadOnlyDictionary<string, string> values)
    {
        var count = template.ParsedWordings.Length;
        var chosen = ((wording % count) + count) % count;
        var text = template.ParsedWordings[chosen].Render(values);
        var subject = channel == Channel.Sms ? null : template.ParsedSubject?.Render(values);
        return new RenderedMessage(template.Name, template.Language, chosen, subject, text, channel == Channel.Sms ? SmsSegments.Count(text) : 1);
    }
}

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>What invented borrowers write, in their language.</summary>
internal sealed record StoryTexts(
    string OptOut, IReadOnlyList<string> Answers, IReadOnlyList<string> Disputes, IReadOnlyList<string> Complaints, IReadOnlyList<string> Hardships)
{
    public static readonly StoryTexts Chinese = new(
        "退订",
        ["收到，本周还款。", "知道了，发工资后马上还。", "请问可以分期吗？", "已经还了，请查一下。"],
        ["金额不对，请核实。", "这笔款项我已经还过。"],
        ["一周内短信太多，请核实。", "客服电话一直打不通。"],
        ["失业", "生病住院", "家庭变故"]);

    public static readonly StoryTexts English = new(
        "STOP",
        ["Got it, I will pay this week.", "I get paid on Friday and will pay then.", "Can I pay in instalments?", "I have paid already, please check."],
        ["The amount is wrong, please check it.", "I have paid this already."],
        ["Too many messages in one week.", "Nobody answers the service number."],
        ["job loss", "illness", "family emergency"]);

    public static StoryTexts Of(string? language) => language == Country.China.Language ? Chinese : English;
}

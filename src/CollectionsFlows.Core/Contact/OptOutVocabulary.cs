using System.Collections.Frozen;

namespace CollectionsFlows.Core.Contact;

/// <summary>The words and wordings <see cref="OptOutWords"/> knows. English and Spanish words are lower case without apostrophes; Chinese phrases without spaces.</summary>
internal static class OptOutVocabulary
{
    /// <summary>Alone, or among words that add nothing, each of these is an opt-out: the listed words of <c>OPT-OUT</c>, their runs and neighbours.</summary>
    public static readonly FrozenSet<string> Keywords = Words(
        "stop stopall stopping quit end revoke optout cancel unsubscribe unsub td cease desist alto parar detener basta cancelar arret");

    /// <summary>Words that leave a keyword what it is: "please stop now, thanks".</summary>
    public static readonly FrozenSet<string> Fillers = Words(
        "please pls plz just now it this that these those them all everything immediately already thanks thank you u ok okay hi hello hey i said say told asked want would like " +
        "wish to and the me us sir madam right again today por favor now reply opt out ya fucking damn");

    /// <summary>What "stop", a few words before, makes an opt-out of.</summary>
    public static readonly FrozenSet<string> Contacting = Words(
        "text texts texting txt txts txting message messages messaging msg msgs sms call calls calling phoning ringing contact contacts contacting email emails " +
        "emailing mail mailing writing bother bothering harass harassing harassment spam spamming sending send notifying notifications communicating " +
        "communication communications reminders reminding alerts reaching disturbing hounding chasing pestering");

    /// <summary>What "do not" or "never", directly before, makes an opt-out of.</summary>
    public static readonly FrozenSet<string> ContactVerbs = Words(
        "text txt texting message messaging msg call calling contact contacting email emailing write bother bothering harass harassing spam send sending sms reach phone ring disturb");

    /// <summary>What "do not want" or "no more", a few words before, makes an opt-out of.</summary>
    public static readonly FrozenSet<string> Unwanted = Words(
        "texts messages calls emails reminders msgs sms notifications alerts texting calling messaging emailing contacting contacted texted called messaged emailed hear bothered contact communication communications");

    /// <summary>After a leading "stop", these make it about something else: a visit, a debit, a fee.</summary>
    public static readonly FrozenSet<string> OtherObjects = Words(
        "by in at over off payment payments paying the my charging charges adding taking deducting interest fees fee auto automatic autopay direct debit");

    /// <summary>Before "stop" these make it a place or an inability: "bus stop", "I cannot stop".</summary>
    public static readonly FrozenSet<string> OtherStops = Words("bus non full pit one tram metro truck rest cant cannot couldnt wont dont didnt doesnt not never");

    /// <summary>Wordings in English that are an opt-out wherever they stand.</summary>
    public static readonly string[] Phrases =
    [
        "opt out", "opt me out", "opting out", "opted out", "optout", "leave me alone", "leave us alone", "let me be", "lose my number", "go away", "get lost",
        "fuck off", "piss off", "shut up", "remove me", "remove us", "remove my number", "remove my phone", "remove my name", "remove my email", "remove this number",
        "delete me", "delete my number", "delete my phone", "delete my email", "delete this number", "take me off", "take my number off", "take this number off",
        "off your list", "off this list", "off the list", "do not call list", "revoke consent", "revoke my consent", "revoke permission", "revoke my permission",
        "withdraw consent", "withdraw my consent", "cease and desist", "cease contact", "cease communication", "cease all contact", "cease all communication",
        "cancel texts", "cancel messages", "cancel sms", "cancel alerts", "cancel reminders", "cancel notifications", "cancel subscription", "cancel my subscription",
        "end texts", "end messages", "end contact", "wrong number", "wrong person", "no me llame", "no me llamen", "no me escriba", "no mas mensajes", "no más mensajes",
    ];

    /// <summary>Wordings in Chinese, simplified and traditional, that are an opt-out wherever they stand.</summary>
    public static readonly string[] ChinesePhrases =
    [
        "退订", "退訂", "取消订阅", "取消訂閱", "取消短信", "拒收", "拒绝接收", "不再接收", "不想收到", "不想再收到", "不要再发", "不要再發", "别再发", "別再發", "别发了", "別發了",
        "不要发", "不要發", "别给我发", "別給我發", "不要给我发", "不要給我發", "勿发", "停止发", "停止發", "不要再联系", "不要再聯繫", "别再联系", "別再聯繫", "不要联系", "别联系", "停止联系", "停止聯繫",
        "不要再打", "别再打", "別再打", "别打了", "別打了", "不要打电话", "别打电话", "不要打電話", "停止打电话", "不要再给我", "别再给我", "骚扰", "騷擾", "勿扰", "勿擾", "打扰我", "打擾我",
        "不要打扰", "别打扰", "请勿打扰", "别烦我", "不要烦我", "別煩我", "删除我的号码", "删除我的电话", "删掉我的号码", "打错了", "发错了", "发错人", "發錯", "滚开",
    ];

    /// <summary>Chinese messages that are an opt-out when nothing else is said.</summary>
    public static readonly FrozenSet<string> ChineseAlone = Words("停 停止 退 取消 滚 不要 别发 t td 回t 回td 回复t 回复td t谢谢 td谢谢");

    /// <summary>Wordings that contain an opt-out and are none.</summary>
    public static readonly string[] NotMeant =
    [
        "不要退订", "不想退订", "别退订", "不退订", "dont opt out", "do not opt out", "not want to opt out", "not opt out", "dont want to opt out",
        "dont unsubscribe", "do not unsubscribe", "not want to unsubscribe", "dont want to unsubscribe", "dont remove me", "do not remove me", "dont stop", "do not stop",
        "dont cancel", "do not cancel",
    ];

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
